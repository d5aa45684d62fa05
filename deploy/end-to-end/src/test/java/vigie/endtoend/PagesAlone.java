// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ServiceProcess;
import vigie.stack.workspace.StackFolder;

/**
 * The packaged dashboard-service without the systems behind it, open to all: it serves the pages,
 * and {@link RecordedAnswers} gives what they show. More exercises and thresholds than another test
 * could bear are shown that way.
 */
final class PagesAlone implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Ports ports = Ports.ephemeral();
  private final ServiceProcess service;

  PagesAlone(Path folder) throws IOException {
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
                "VIGIE_DASHBOARD_ALERT_SERVICE",
                ports.address(Port.ALERT),
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                "postgresql://" + ports.address(Port.POSTGRESQL) + "/x"));
    service.start();
    String live = ports.url(Port.DASHBOARD_MANAGEMENT, "/q/health/live");
    service.process().await(PATIENCE, () -> ServiceProcess.allAnswer(List.of(live)));
  }

  String url(String path) {
    return ports.url(Port.DASHBOARD, path);
  }

  @Override
  public void close() {
    service.kill();
  }
}
