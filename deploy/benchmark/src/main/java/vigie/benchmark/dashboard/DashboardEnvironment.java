// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.dashboard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import vigie.benchmark.ProcessCost;
import vigie.benchmark.RunningAlert;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.postgres.PostgresServer;
import vigie.stack.process.ManagedProcess;
import vigie.stack.process.ServiceProcess;
import vigie.stack.workspace.StackFolder;

/**
 * The built dashboard-service and alert-service as processes, on a PostgreSQL, a Kafka and three
 * Redis of their own, which ask for no tokens. The other services are not there, which the page of
 * the pipeline says.
 */
final class DashboardEnvironment implements AutoCloseable {

  private final Ports ports = Ports.ephemeral();
  private final RunningAlert alert;
  private final PostgresServer postgres;
  private final Publisher publisher;
  private final ServiceProcess service;

  DashboardEnvironment(Path folder, long seed) throws Exception {
    postgres = PostgresServer.startIn(folder.resolve("postgresql"));
    publisher = new Publisher(postgres, seed);
    publisher.publish();
    alert =
        new RunningAlert(
            folder, Map.of("QUARKUS_HTTP_CORS_ORIGINS", url(""), "VIGIE_ACCESS", "open"));
    service =
        ServiceProcess.quarkus(
            Port.DASHBOARD, ports, new StackFolder(folder.resolve("dashboard")), environment());
    service.start();
    service.awaitReady();
  }

  private Map<String, String> environment() {
    String alertService = "127.0.0.1:" + alert.address().getPort();
    Map<String, String> environment = new HashMap<>();
    environment.put("VIGIE_ACCESS", "open");
    environment.put("KAFKA_BOOTSTRAP_SERVERS", alert.kafka().bootstrapServers());
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.reactiveUrl());
    environment.put("QUARKUS_DATASOURCE_USERNAME", PostgresServer.USER);
    environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
    environment.put("VIGIE_DASHBOARD_ALERT_SERVICE", alertService);
    environment.put("VIGIE_DASHBOARD_PARTS_ALERT_SERVICE", alert.management());
    environment.put("VIGIE_DASHBOARD_PARTS_INGEST_SERVICE", ports.address(Port.INGEST_MANAGEMENT));
    environment.put("VIGIE_DASHBOARD_PARTS_ARCHIVE_SERVICE", ports.address(Port.ARCHIVE));
    environment.put("VIGIE_DASHBOARD_PARTS_ANALYTICS_JOB", ports.address(Port.ANALYTICS));
    return environment;
  }

  Publisher publisher() {
    return publisher;
  }

  ManagedProcess postgres() {
    return postgres;
  }

  ManagedProcess kafka() {
    return alert.kafka();
  }

  ManagedProcess alertService() {
    return alert.process();
  }

  int port() {
    return ports.of(Port.DASHBOARD);
  }

  String url(String path) {
    return ports.url(Port.DASHBOARD, path);
  }

  ProcessCost cost() {
    return new ProcessCost(service.process().pid());
  }

  @Override
  public void close() throws IOException {
    service.close();
    publisher.close();
    alert.close();
    postgres.close();
  }
}
