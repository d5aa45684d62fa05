// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NoSuchTableException;
import vigie.archive.table.ArchiveTable;
import vigie.warehouse.ArchivedOffsets;
import vigie.warehouse.Completeness;
import vigie.warehouse.PropertiesUpdate;

/** One table's loop, as archive-service runs it, and what it and its table say. */
final class RunningLoop implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(60);

  /** A look loads the table, which takes the processor from the loop that is waited for. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

  private final ArchiveConfig config;
  private final ArchiveTable source;
  private final Warehouse warehouse;
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final ArchiveLoop loop;

  RunningLoop(ArchiveConfig config, KafkaClients clients, ArchiveTable source) {
    this.config = config;
    this.source = source;
    warehouse = new Warehouse(config);
    loop = ArchiveService.loop(source, config, warehouse, clients, registry);
    loop.supervised().start();
  }

  ArchiveLoop loop() {
    return loop;
  }

  double failures() {
    return registry.get("vigie.archive.failures").counter().count();
  }

  double unconfirmed() {
    return registry.get("vigie.archive.unconfirmed.seconds").gauge().value();
  }

  /** As an operator who decides. */
  void accept(UnaryOperator<Map<String, String>> decision) throws IOException {
    PropertiesUpdate.commit(table(), decision);
  }

  Table table() throws IOException {
    return warehouse.open(source);
  }

  long nextOffset(int partition) {
    try {
      return ArchivedOffsets.nextIn(Rows.load(config, source).properties(), partition).orElse(-1);
    } catch (NoSuchTableException e) {
      return -1;
    }
  }

  void awaitArchived(Map<Integer, Long> ends) {
    ends.forEach(
        (partition, end) ->
            await()
                .atMost(SOON)
                .pollInterval(POLL_INTERVAL)
                .ignoreExceptions()
                .alias("partition %d archived up to %d".formatted(partition, end))
                .until(() -> nextOffset(partition) == end));
  }

  Instant awaitCompleteAfter(int partition, Instant instant) {
    return await()
        .atMost(SOON)
        .pollInterval(POLL_INTERVAL)
        .alias("partition %d complete after %s".formatted(partition, instant))
        .until(
            () -> Completeness.untilIn(Rows.load(config, source).properties(), partition),
            until -> until.filter(instant::isBefore).isPresent())
        .orElseThrow();
  }

  void awaitComplaint(String reason) {
    await()
        .atMost(SOON)
        .until(() -> loop.health().complaint().filter(c -> c.contains(reason)).isPresent());
  }

  void awaitComplaint() {
    await().atMost(SOON).until(() -> loop.health().complaint().isPresent());
  }

  @Override
  public void close() {
    loop.supervised().close(SOON);
    warehouse.close();
  }
}
