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
import vigie.events.ThresholdChange;
import vigie.events.UserActivity;
import vigie.service.kafka.LoopOwner;
import vigie.service.kafka.SupervisedLoop;

/** The loops of all tables, from the start of the process to its end. */
@Singleton
public class ArchiveService implements LoopOwner {

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
          new EventTable<>(
              "vigie.threshold-changes",
              "threshold_changes",
              ThresholdChange.class,
              "exerciseId",
              "changedAt"),
          new DeadLetterTable());

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final List<ArchiveLoop> tables;
  private final Warehouse warehouse;

  ArchiveService(
      ArchiveConfig config, Warehouse warehouse, KafkaClients kafka, MeterRegistry registry) {
    this.warehouse = warehouse;
    tables = TABLES.stream().map(table -> loop(table, config, warehouse, kafka, registry)).toList();
  }

  List<ArchiveLoop> tables() {
    return tables;
  }

  @Override
  public List<SupervisedLoop> loops() {
    return tables.stream().map(ArchiveLoop::supervised).toList();
  }

  void start(@Observes StartupEvent event) {
    loops().forEach(SupervisedLoop::start);
  }

  /** An interrupted commit is published or not; the table will tell the instance that reads on. */
  void stop(@Observes ShutdownEvent event) {
    loops().forEach(SupervisedLoop::stop);
    loops().forEach(loop -> loop.close(CLOSE_TIMEOUT));
    warehouse.close();
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
