// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What Kafka says of itself at one moment.
 *
 * @param brokers those that are there, with their racks, by their ids
 * @param controller the broker that answers for the controller
 * @param partitions of all topics, Kafka's own included, in order
 */
record Cluster(NavigableMap<Integer, String> brokers, int controller, List<Copies> partitions) {

  static Cluster read(Admin admin) throws ExecutionException, InterruptedException {
    DescribeClusterResult described = admin.describeCluster();
    NavigableMap<Integer, String> brokers = new TreeMap<>();
    for (Node node : described.nodes().get()) {
      // A broker without a rack is one by itself.
      brokers.put(node.id(), node.hasRack() ? node.rack() : "broker " + node.id());
    }
    Set<String> names =
        new TreeSet<>(admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get());
    Map<String, Integer> required = required(admin, names);
    Map<String, TopicDescription> topics = admin.describeTopics(names).allTopicNames().get();
    List<Copies> partitions = new ArrayList<>();
    for (String name : names) {
      for (TopicPartitionInfo one : topics.get(name).partitions()) {
        partitions.add(copies(new TopicPartition(name, one.partition()), one, required.get(name)));
      }
    }
    return new Cluster(brokers, described.controller().get().id(), partitions);
  }

  /** Those that have copies and are not there. */
  SortedSet<Integer> absent() {
    SortedSet<Integer> absent = known();
    absent.removeAll(brokers.keySet());
    return absent;
  }

  /** Those that are there or have copies. */
  SortedSet<Integer> known() {
    SortedSet<Integer> known = new TreeSet<>(brokers.keySet());
    partitions.forEach(one -> known.addAll(one.brokers()));
    return known;
  }

  private static Map<String, Integer> required(Admin admin, Set<String> topics)
      throws ExecutionException, InterruptedException {
    Map<ConfigResource, Config> configs =
        admin
            .describeConfigs(
                topics.stream()
                    .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                    .toList())
            .all()
            .get();
    return configs.entrySet().stream()
        .collect(
            toMap(
                config -> config.getKey().name(),
                config ->
                    Integer.parseInt(
                        config.getValue().get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value())));
  }

  private static Copies copies(TopicPartition partition, TopicPartitionInfo info, int required) {
    Node leader = info.leader();
    return new Copies(
        partition,
        ids(info.replicas()),
        ids(info.isr()),
        leader == null || leader.isEmpty() ? Copies.NO_LEADER : leader.id(),
        required);
  }

  private static List<Integer> ids(List<Node> nodes) {
    return nodes.stream().map(Node::id).toList();
  }
}
