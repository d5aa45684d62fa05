// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * A {@link ClusterProbe} with connections of its own. The broker that leads a partition is asked
 * for its end, any broker whether Kafka answers at all, and the coordinator for the group.
 */
public final class AdminProbe implements ClusterProbe {

  private static final int TIMEOUT_MILLIS = 4000;

  private final RenewableAdmin admins;

  /**
   * @param kafka settings; those that an Admin client knows are used
   */
  public AdminProbe(Map<String, Object> kafka, String clientId) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.keySet().retainAll(AdminClientConfig.configNames());
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
    // Limits of the client, not of a call: a description of topics begins with a request for the
    // nodes, to which the limit of the call does not apply.
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    admins = new RenewableAdmin(() -> Admin.create(settings));
  }

  /** Has the client replaced, see {@link RenewableAdmin}. */
  public void renew() {
    admins.renew();
  }

  @Override
  public CompletionStage<ClusterView> view(Query query) {
    CompletableFuture<Boolean> answers =
        known(admins.current().describeCluster().nodes()).thenApply(Optional::isPresent);
    CompletableFuture<Optional<Set<String>>> members =
        query
            .group()
            .map(this::members)
            .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    Set<String> topics = new HashSet<>(query.topics());
    query.partitions().forEach(one -> topics.add(one.topic()));
    return partitions(topics)
        .thenCompose(
            found -> {
              Set<TopicPartition> all = new HashSet<>(query.partitions());
              found.keySet().stream()
                  .filter(one -> query.topics().contains(one.topic()))
                  .forEach(all::add);
              return ends(all).thenApply(ends -> new Partitions(ends, leaderless(found)));
            })
        .thenCombine(
            answers.thenCombine(members, Overall::new),
            (partitions, overall) -> view(partitions, overall));
  }

  private record Overall(boolean answers, Optional<Set<String>> members) {}

  private record Partitions(
      Map<TopicPartition, Optional<Long>> ends, Set<TopicPartition> leaderless) {}

  /** Kafka answers if any broker does: the one that was asked for the cluster may be cut off. */
  private static ClusterView view(Partitions partitions, Overall overall) {
    Map<TopicPartition, Long> ends = known(partitions.ends());
    return new ClusterView(
        overall.answers() || overall.members().isPresent() || !ends.isEmpty(),
        ends,
        silent(partitions.ends()),
        partitions.leaderless(),
        overall.members());
  }

  private static Map<TopicPartition, Long> known(Map<TopicPartition, Optional<Long>> ends) {
    return ends.entrySet().stream()
        .filter(one -> one.getValue().isPresent())
        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().get()));
  }

  private static Set<TopicPartition> silent(Map<TopicPartition, Optional<Long>> ends) {
    return ends.entrySet().stream()
        .filter(one -> one.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static Set<TopicPartition> leaderless(
      Map<TopicPartition, TopicPartitionInfo> partitions) {
    return partitions.entrySet().stream()
        .filter(one -> one.getValue().leader() == null || one.getValue().leader().isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private CompletableFuture<Map<TopicPartition, TopicPartitionInfo>> partitions(
      Set<String> topics) {
    if (topics.isEmpty()) {
      return CompletableFuture.completedFuture(Map.of());
    }
    List<CompletableFuture<Optional<TopicDescription>>> described =
        admins.current().describeTopics(topics).topicNameValues().values().stream()
            .map(AdminProbe::known)
            .toList();
    return CompletableFuture.allOf(described.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all -> {
              Map<TopicPartition, TopicPartitionInfo> found = new HashMap<>();
              described.forEach(
                  topic -> topic.join().ifPresent(known -> found.putAll(partitions(known))));
              return found;
            });
  }

  private static Map<TopicPartition, TopicPartitionInfo> partitions(TopicDescription topic) {
    return topic.partitions().stream()
        .collect(
            Collectors.toMap(one -> new TopicPartition(topic.name(), one.partition()), one -> one));
  }

  /** Nothing for a partition whose leader does not answer. */
  private CompletableFuture<Map<TopicPartition, Optional<Long>>> ends(
      Set<TopicPartition> partitions) {
    ListOffsetsResult asked =
        admins
            .current()
            .listOffsets(
                partitions.stream()
                    .collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest())));
    Map<TopicPartition, CompletableFuture<Optional<Long>>> answers = new HashMap<>();
    for (TopicPartition partition : partitions) {
      answers.put(
          partition, known(asked.partitionResult(partition).thenApply(info -> info.offset())));
    }
    return CompletableFuture.allOf(answers.values().toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all ->
                answers.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().join())));
  }

  private CompletableFuture<Optional<Set<String>>> members(String group) {
    return known(
            admins.current().describeConsumerGroups(List.of(group)).describedGroups().get(group))
        .thenApply(
            described ->
                described.map(
                    one ->
                        one.members().stream()
                            .map(MemberDescription::consumerId)
                            .collect(Collectors.toSet())));
  }

  /** Nothing when the answer is a failure: which one changes nothing. */
  private static <T> CompletableFuture<Optional<T>> known(KafkaFuture<T> answer) {
    return answer
        .toCompletionStage()
        .toCompletableFuture()
        .handle((value, failure) -> Optional.ofNullable(value));
  }

  @Override
  public void close() {
    admins.close();
  }
}
