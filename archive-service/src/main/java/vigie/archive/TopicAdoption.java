// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import vigie.warehouse.ArchivedOffsets;
import vigie.warehouse.PropertiesUpdate;

/**
 * Enters in a table, once, the id of the topic that it archives. A table of a version that asked
 * for no ids is taken to be of the topic that Kafka has now, unless a log of that topic ends before
 * what is archived: then the topic may be another one, and an operator decides.
 */
final class TopicAdoption {

  private static final Logger LOG = Logger.getLogger(TopicAdoption.class);

  private TopicAdoption() {}

  /**
   * @param ends one after the last offset of each of the topic's partitions
   */
  static void adopt(Table table, String topicId, Map<TopicPartition, Long> ends) {
    if (ArchivedOffsets.topicIdIn(table.properties()).isPresent()) {
      return;
    }
    Map<Integer, Long> byNumber = new HashMap<>();
    ends.forEach((partition, end) -> byNumber.put(partition.partition(), end));
    PropertiesUpdate.commit(table, properties -> adopted(properties, topicId, byNumber));
    LOG.infof(
        "%s: archives the topic of id %s",
        table.name(), table.properties().get(ArchivedOffsets.TOPIC_ID));
  }

  static Map<String, String> adopted(
      Map<String, String> properties, String topicId, Map<Integer, Long> ends) {
    Map<String, String> changed = new HashMap<>(properties);
    boolean fits =
        ArchivedOffsets.partitionsIn(properties)
            .allMatch(
                partition ->
                    ArchivedLog.in(properties, partition).next()
                        <= ends.getOrDefault(partition, -1L));
    changed.putIfAbsent(ArchivedOffsets.TOPIC_ID, fits ? topicId : ArchivedOffsets.UNKNOWN_TOPIC);
    return changed;
  }
}
