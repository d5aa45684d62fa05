// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ServiceProcess;
import vigie.stack.workspace.StackFolder;

/** The packaged service that wants no tokens, with neither Kafka nor PostgreSQL behind it. */
final class OpenDashboard implements AutoCloseable {

  private final Ports ports = Ports.ephemeral();
  private final Gate gate = new Gate(ports);
  private final ServiceProcess service;

  OpenDashboard() throws IOException {
    Path folder = Files.createTempDirectory("open-dashboard");
    service =
        ServiceProcess.quarkus(
            Port.DASHBOARD,
            ports,
            new StackFolder(folder),
            Map.of(
                "VIGIE_ACCESS",
                "open",
                "KAFKA_BOOTSTRAP_SERVERS",
                ports.address(Port.KAFKA),
                "VIGIE_DASHBOARD_QUERY_TIMEOUT",
                "1s",
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                "postgresql://" + ports.address(Port.POSTGRESQL) + "/x"));
    service.start();
    service
        .process()
        .await(
            Gate.PATIENCE,
            () ->
                gate.send(gate.request(Port.DASHBOARD_MANAGEMENT, "/q/health/live")).statusCode()
                    == 200);
  }

  Gate gate() {
    return gate;
  }

  LivePage openPage() throws IOException, InterruptedException {
    URI live = URI.create(ports.url(Port.DASHBOARD, "/v1/live"));
    return LivePage.open(gate.client(), live, "Bearer nonsense", "");
  }

  /** All that the process has logged. */
  String log() throws IOException {
    return Files.readString(service.process().log());
  }

  @Override
  public void close() {
    service.kill();
  }
}
