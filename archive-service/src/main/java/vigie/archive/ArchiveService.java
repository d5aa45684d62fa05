// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import vigie.archive.table.ArchiveTable;
import vigie.archive.table.DeadLetterTable;
import vigie.archive.table.EventTable;
import vigie.events.Alert;
import vigie.events.DeploymentReport;
import vigie.events.UserActivity;
import vigie.service.ClockStepListener;

/** The loops of all tables, from the start of the process to its end. */
@Singleton
public class ArchiveService implements ClockStepListener {

  public static final List<ArchiveTable> TABLES =
      List.of(
          EventTable.RESULTS,
          new EventTable<>("vigie.activity", "activity", UserActivity.class, "page", "timestamp"),
          new EventTable<>("vigie.alerts", "alerts", Alert.class, "exerciseId", "occurredAt"),
          new EventTable<>(
              "vigie.deployments",
              "deployments",
              DeploymentReport.class,
              "exerciseId",
              "claimedAt"),
          new DeadLetterTable());

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final List<ArchiveLoop> loops;
  private final Warehouse warehouse;

  ArchiveService(
      ArchiveConfig config, Warehouse warehouse, KafkaClients kafka, MeterRegistry registry) {
    this.warehouse = warehouse;
    loops = TABLES.stream().map(table -> loop(table, config, warehouse, kafka, registry)).toList();
  }

  List<ArchiveLoop> loops() {
    return loops;
  }

  void start(@Observes StartupEvent event) {
    loops.forEach(ArchiveLoop::start);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    loops.forEach(ArchiveLoop::stop);
    for (ArchiveLoop loop : loops) {
      loop.awaitEnd(GRACE);
    }
    warehouse.close();
  }

  /** Kafka's clients would wait for longer by as much, each in the thread of its loop. */
  @Override
  public void clockSteppedBack(Duration step) {
    loops.forEach(ArchiveLoop::reopen);
  }

  static ArchiveLoop loop(
      ArchiveTable table,
      ArchiveConfig config,
      Warehouse warehouse,
      KafkaClients kafka,
      MeterRegistry registry) {
    TableHealth health = new TableHealth();
    ArchiveMetrics metrics = new ArchiveMetrics(registry, table.name(), health);
    return new ArchiveLoop(
        table.name(),
        () -> new Archiver(table, warehouse, kafka, config.commitInterval(), health, metrics),
        config.retryDelay(),
        health,
        metrics);
  }
}
