// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.archive.table.EventTable;
import vigie.events.ExerciseResult;
import vigie.stack.postgres.CatalogDatabase;

@ExtendWith(SharedCatalog.class)
class TableWriterTest {

  @TempDir private Path folder;

  /** A laptop may say any day of 130 years, and say so in one request. */
  @Test
  void tenThousandDaysOfALaptopAreOneFileAndForceNoCommit(CatalogDatabase database)
      throws Exception {
    try (Warehouse warehouse =
        new Warehouse(new TestConfig(folder.toUri(), database, Duration.ofSeconds(1)))) {
      Table table = warehouse.open(EventTable.RESULTS);
      TableWriter writer = new TableWriter(table, EventTable.RESULTS);
      for (int day = 0; day < 10_000; day++) {
        writer.write(ofDay(day), 0);
        assertFalse(writer.isFull(), "full on day " + day);
      }
      List<DataFile> files = writer.complete().files();
      assertEquals(1, files.size());
      assertEquals(10_000, files.get(0).recordCount());
    }
  }

  private static ConsumerRecord<byte[], byte[]> ofDay(int day) {
    ExerciseResult result =
        ExerciseResult.newBuilder(Events.result(day))
            .setTimestamp(Instant.EPOCH.plus(Duration.ofDays(day)))
            .build();
    return new ConsumerRecord<>(
        EventTable.RESULTS.topic(), 0, day, null, Events.CODEC.encode(result));
  }
}
