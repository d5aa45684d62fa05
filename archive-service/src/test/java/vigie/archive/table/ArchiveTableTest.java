// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import vigie.archive.ArchiveService;

class ArchiveTableTest {

  @Test
  void columnsAreTheFieldsOfTheEventAndItsPlaceInKafka() {
    assertEquals(
        """
        id uuid
        timestamp timestamptz
        receivedAt timestamptz
        studentId string
        latitude double
        longitude double
        exerciseId string
        score double
        kafkaPartition int
        kafkaOffset long
        kafkaEpoch int
        letterEpoch int
        letterOffset long
        appendedAt timestamptz\
        """,
        columns(EventTable.RESULTS));
  }

  @Test
  void fieldsThatMayBeNullAreOptionalColumnsAndEnumsAreStrings() {
    Map<String, Types.NestedField> activity =
        ArchiveService.TABLES.get(1).columns().columns().stream()
            .collect(Collectors.toMap(Types.NestedField::name, column -> column));
    assertEquals(Types.StringType.get(), activity.get("type").type());
    assertEquals(true, activity.get("durationMillis").isOptional());
    assertEquals(true, activity.get("page").isRequired());
  }

  @Test
  void everyTableIsPartitionedByTheDayOfTheBroker() {
    for (ArchiveTable table : ArchiveService.TABLES) {
      assertEquals(
          List.of("appendedAt_day"),
          table.partitioning().fields().stream().map(PartitionField::name).toList(),
          table.name());
    }
  }

  @Test
  void everyTableIsSortedByItsSubjectAndThenByTime() {
    assertEquals(
        Map.of(
            "results", List.of("exerciseId", "timestamp"),
            "activity", List.of("page", "timestamp"),
            "alerts", List.of("exerciseId", "occurredAt"),
            "deployments", List.of("exerciseId", "claimedAt"),
            "threshold_changes", List.of("exerciseId", "changedAt"),
            "dead_letters", List.of("topic", "sentAt")),
        ArchiveService.TABLES.stream()
            .collect(Collectors.toMap(ArchiveTable::name, ArchiveTableTest::sorting)));
  }

  private static List<String> sorting(ArchiveTable table) {
    return table.sorting().fields().stream()
        .map(field -> table.columns().findColumnName(field.sourceId()))
        .toList();
  }

  private static String columns(ArchiveTable table) {
    return table.columns().columns().stream()
        .map(column -> column.name() + " " + column.type())
        .collect(Collectors.joining("\n"));
  }
}
