// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a group of consumers is behind the end of a topic.
 *
 * @param records that it has not committed yet, of all partitions where it has committed any
 */
record Lag(String group, String topic, long records) {

  static List<Lag> read(Admin admin) throws ExecutionException, InterruptedException {
    List<Lag> lags = new ArrayList<>();
    for (String group : groups(admin)) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          new HashMap<>(
              admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get());
      committed.values().removeIf(offset -> offset == null);
      Map<TopicPartition, ListOffsetsResultInfo> ends =
          admin
              .listOffsets(
                  committed.keySet().stream()
                      .collect(toMap(one -> one, one -> OffsetSpec.latest())))
              .all()
              .get();
      Map<String, Long> behind = new TreeMap<>();
      committed.forEach(
          (partition, offset) ->
              behind.merge(
                  partition.topic(),
                  Math.max(0, ends.get(partition).offset() - offset.offset()),
                  Long::sum));
      behind.forEach((topic, records) -> lags.add(new Lag(group, topic, records)));
    }
    return lags;
  }

  private static Set<String> groups(Admin admin) throws ExecutionException, InterruptedException {
    Set<String> ids = new TreeSet<>();
    for (GroupListing group : admin.listGroups(ListGroupsOptions.forConsumerGroups()).all().get()) {
      ids.add(group.groupId());
    }
    return ids;
  }
}
