// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/**
 * How fast copies that move may be sent and received, so that the exam has the rest. Kafka limits,
 * for each broker, the copies that a topic's settings name; all others are as fast as ever.
 */
final class Throttle {

  private static final String LEADER_RATE = "leader.replication.throttled.rate";
  private static final String FOLLOWER_RATE = "follower.replication.throttled.rate";
  private static final String LEADERS = "leader.replication.throttled.replicas";
  private static final String FOLLOWERS = "follower.replication.throttled.replicas";
  private static final Set<String> ALL = Set.of(LEADER_RATE, FOLLOWER_RATE, LEADERS, FOLLOWERS);

  private final Admin admin;

  Throttle(Admin admin) {
    this.admin = admin;
  }

  /**
   * @param rate bytes a second, of each broker
   */
  void limit(Plan plan, long rate) throws ExecutionException, InterruptedException {
    Map<String, List<String>> senders = new TreeMap<>();
    Map<String, List<String>> receivers = new TreeMap<>();
    plan.moves()
        .forEach(
            (partition, to) -> {
              List<Integer> now = plan.now(partition);
              List<Integer> added = to.stream().filter(one -> !now.contains(one)).toList();
              if (!added.isEmpty()) {
                add(senders, partition, now);
                add(receivers, partition, added);
              }
            });
    Map<ConfigResource, Collection<AlterConfigOp>> limits = new HashMap<>();
    for (String topic : senders.keySet()) {
      limits.put(
          new ConfigResource(ConfigResource.Type.TOPIC, topic),
          List.of(
              set(LEADERS, String.join(",", senders.get(topic))),
              set(FOLLOWERS, String.join(",", receivers.get(topic)))));
    }
    for (ConfigResource broker : brokers()) {
      limits.put(
          broker,
          List.of(set(LEADER_RATE, Long.toString(rate)), set(FOLLOWER_RATE, Long.toString(rate))));
    }
    admin.incrementalAlterConfigs(limits).all().get();
  }

  /** Takes away every limit, also those that an earlier command has left. */
  void lift() throws ExecutionException, InterruptedException {
    List<ConfigResource> topics =
        admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get().stream()
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
            .toList();
    List<ConfigResource> limited = Stream.concat(topics.stream(), brokers().stream()).toList();
    Map<ConfigResource, Collection<AlterConfigOp>> deletions = new HashMap<>();
    for (Map.Entry<ConfigResource, Config> one :
        admin.describeConfigs(limited).all().get().entrySet()) {
      Set<AlterConfigOp> set =
          one.getValue().entries().stream()
              .filter(entry -> ALL.contains(entry.name()) && isDynamic(entry))
              .map(
                  entry ->
                      new AlterConfigOp(
                          new ConfigEntry(entry.name(), ""), AlterConfigOp.OpType.DELETE))
              .collect(toSet());
      if (!set.isEmpty()) {
        deletions.put(one.getKey(), set);
      }
    }
    admin.incrementalAlterConfigs(deletions).all().get();
  }

  private List<ConfigResource> brokers() throws ExecutionException, InterruptedException {
    return admin.describeCluster().nodes().get().stream()
        .map(Node::idString)
        .map(id -> new ConfigResource(ConfigResource.Type.BROKER, id))
        .toList();
  }

  private static boolean isDynamic(ConfigEntry entry) {
    return switch (entry.source()) {
      case DYNAMIC_BROKER_CONFIG, DYNAMIC_TOPIC_CONFIG -> true;
      default -> false;
    };
  }

  private static void add(
      Map<String, List<String>> byTopic, TopicPartition partition, List<Integer> brokers) {
    List<String> copies = byTopic.computeIfAbsent(partition.topic(), topic -> new ArrayList<>());
    brokers.forEach(broker -> copies.add(partition.partition() + ":" + broker));
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }
}
