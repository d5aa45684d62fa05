// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads all partitions of some topics on one thread, outside any consumer group. A session ends
 * when a topic gets more partitions; the next session reads those as well.
 *
 * <p>The thread of the loop alone calls the abstract methods.
 */
public abstract class LogReader<K, V> implements LoopOwner {

  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration MAX_RECONNECT_DELAY = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final List<String> topics;
  private final SupervisedLoop loop;

  /**
   * The loop calls the session only after {@link SupervisedLoop#start}, when the subclass is whole.
   *
   * @param name of the thread and of the loop
   */
  @SuppressWarnings("this-escape")
  protected LogReader(String name, List<String> topics) {
    this.topics = topics;
    this.loop = new SupervisedLoop(name, this::session);
  }

  /**
   * Settings of a consumer outside any group.
   *
   * @param kafka settings; those that a consumer knows are used
   */
  public static Map<String, Object> settings(Map<String, Object> kafka, String clientId) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.keySet().retainAll(ConsumerConfig.configNames());
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
    // A new record ends a fetch at once. Without one the broker answers after this time.
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
    settings.put(
        ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, (int) MAX_RECONNECT_DELAY.toMillis());
    return settings;
  }

  protected final SupervisedLoop loop() {
    return loop;
  }

  @Override
  public final List<SupervisedLoop> loops() {
    return List.of(loop);
  }

  /** A new one for each session, which closes it. */
  protected abstract Consumer<K, V> consumer();

  /** A new one for each session, which closes it. */
  protected abstract ClusterProbe probe();

  /** How long a partition may stall before that is reported. */
  protected Duration stallTimeout() {
    return StallDetector.TIMEOUT;
  }

  /** Sets where a new session begins to read these partitions, which are assigned. */
  protected abstract void seek(Consumer<K, V> consumer, Set<TopicPartition> partitions);

  /**
   * Takes what a poll returned, which may be nothing.
   *
   * @param stalled the partitions that cannot be fetched
   */
  protected abstract void read(
      Consumer<K, V> consumer, ConsumerRecords<K, V> polled, Set<TopicPartition> stalled);

  /** Whether enough is read for this instance to be ready. */
  protected boolean isCaughtUp(Consumer<K, V> consumer) {
    return true;
  }

  private void session(SupervisedLoop running) {
    Consumer<K, V> consumer = consumer();
    try (ClusterProbe probe = probe()) {
      Set<TopicPartition> partitions = partitions(consumer);
      consumer.assign(partitions);
      seek(consumer, partitions);
      StallDetector stalls =
          new StallDetector(
              probe, Optional.empty(), Outputs.NONE, stallTimeout(), System::nanoTime);
      while (running.goesOn() && partitions(consumer).equals(partitions)) {
        if (isCaughtUp(consumer)) {
          running.ready();
        }
        ConsumerRecords<K, V> polled = consumer.poll(POLL);
        Set<TopicPartition> stalled = stalls.update(consumer, polled);
        running.stalled(StallReason.NO_FETCH, stalled);
        read(consumer, polled, stalled);
      }
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
  }

  private Set<TopicPartition> partitions(Consumer<K, V> consumer) {
    Set<TopicPartition> all = new HashSet<>();
    for (String topic : topics) {
      List<PartitionInfo> found = consumer.partitionsFor(topic, REQUEST_TIMEOUT);
      if (found.isEmpty()) {
        throw new IllegalStateException("Kafka has no topic " + topic);
      }
      found.forEach(one -> all.add(new TopicPartition(topic, one.partition())));
    }
    return all;
  }
}
