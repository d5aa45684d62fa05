// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.harness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ServiceProcess;
import vigie.stack.workspace.StackFolder;

/** The built archive-service as a process, and what it says about itself. */
public final class RunningArchive {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ServiceProcess process;
  private final URI metrics;

  /** Not started yet. */
  public RunningArchive(Path folder, Map<String, String> own) {
    Ports ports = Ports.ephemeral();
    process = ServiceProcess.quarkus(Port.ARCHIVE, ports, new StackFolder(folder), own);
    metrics = URI.create(ports.url(Port.ARCHIVE, "/q/metrics"));
  }

  public ServiceProcess process() {
    return process;
  }

  /**
   * The value of a metric now.
   *
   * @param sample its name and labels, as Prometheus reads them
   */
  public double metric(String sample) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(metrics).timeout(TIMEOUT).build();
    return HTTP.send(request, BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith(sample + ' '))
        .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new IOException("archive-service has no " + sample));
  }
}
