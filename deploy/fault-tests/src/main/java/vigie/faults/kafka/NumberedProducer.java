// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Numbered records that keep coming, a thousand each second, and a note of what Kafka took. */
final class NumberedProducer implements AutoCloseable {

  static final String TOPIC = "vigie.results";

  private static final int TICK_MILLIS = 20;
  private static final int RECORDS_OF_A_TICK = 20;

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Producer<byte[], byte[]> producer;
  private final ScheduledFuture<?> ticks;
  private final int partitions;
  private final BitSet acknowledged = new BitSet();
  private final Map<Integer, Long> lastByPartition = new HashMap<>();
  private final BitSet flowing = new BitSet();
  private final Map<Integer, Exception> refused = new HashMap<>();
  private long longestNanos;
  private int sent;

  /**
   * @param servers the bootstrap servers of a cluster that has the topic
   */
  NumberedProducer(String servers) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            servers,
            "acks",
            "all",
            "linger.ms",
            5,
            "request.timeout.ms",
            4_000);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    partitions = producer.partitionsFor(TOPIC).size();
    ticks = clock.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * The longest time that a partition has acknowledged nothing since this was last asked, in
   * nanoseconds; it begins anew.
   */
  synchronized long longestPause() {
    long now = System.nanoTime();
    lastByPartition.values().forEach(last -> longestNanos = Math.max(longestNanos, now - last));
    long longest = longestNanos;
    longestNanos = 0;
    lastByPartition.replaceAll((partition, last) -> now);
    return longest;
  }

  /** From now on {@link #flowsEverywhere} counts anew. */
  synchronized void watch() {
    flowing.clear();
  }

  /** Whether every partition has acknowledged something since {@link #watch}. */
  synchronized boolean flowsEverywhere() {
    return flowing.cardinality() == partitions;
  }

  /** The numbers that Kafka has acknowledged so far. */
  synchronized BitSet acknowledged() {
    return (BitSet) acknowledged.clone();
  }

  /** Returns once Kafka has answered all that was sent; no more is. Fails if any was refused. */
  void end() throws InterruptedException, ExecutionException {
    if (ticks.isDone()) {
      Object unused = ticks.get();
    }
    clock.shutdown();
    if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("Kafka does not take the records");
    }
    producer.flush();
    synchronized (this) {
      if (!refused.isEmpty()) {
        throw new IllegalStateException("Kafka refused " + refused);
      }
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    producer.close();
  }

  /** The number of a record that this has sent. */
  static int number(byte[] value) {
    return Integer.parseInt(new String(value, UTF_8));
  }

  private void tick() {
    for (int i = 0; i < RECORDS_OF_A_TICK; i++) {
      send(sent++);
    }
  }

  private void send(int number) {
    byte[] value = Integer.toString(number).getBytes(UTF_8);
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(TOPIC, number % partitions, value, value),
            (where, failure) -> answered(number, failure));
  }

  private synchronized void answered(int number, Exception failure) {
    if (failure != null) {
      refused.put(number, failure);
      return;
    }
    acknowledged.set(number);
    flowing.set(number % partitions);
    long now = System.nanoTime();
    Long before = lastByPartition.put(number % partitions, now);
    if (before != null) {
      longestNanos = Math.max(longestNanos, now - before);
    }
  }
}
