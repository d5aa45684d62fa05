// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import vigie.stack.Folder;
import vigie.stack.Port;
import vigie.stack.Ports;
import vigie.stack.ServiceProcess;

/** The built service as a process of its own, and what it says about itself. */
record Instance(ServiceProcess process, URI metrics) implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  static Instance start(Systems systems, String name, String commitInterval) {
    Ports ports = Ports.ephemeral();
    ServiceProcess process =
        ServiceProcess.quarkus(
            Port.ARCHIVE,
            ports,
            new Folder(systems.folder().resolve(name)),
            Map.of(
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                Integer.toString(ports.of(Port.ARCHIVE)),
                "KAFKA_BOOTSTRAP_SERVERS",
                systems.kafka().bootstrapServers(),
                // A silent instance loses its partitions after this time.
                "KAFKA_SESSION_TIMEOUT_MS",
                "6000",
                "VIGIE_ARCHIVE_WAREHOUSE",
                systems.warehouse().toString(),
                "VIGIE_ARCHIVE_REPLICATION",
                "1",
                "VIGIE_ARCHIVE_COMMIT_INTERVAL",
                commitInterval));
    process.start();
    return new Instance(
        process, URI.create("http://" + ports.address(Port.ARCHIVE) + "/q/metrics"));
  }

  /** Waits until this process, since its start, has committed rows of the table. */
  void awaitArchiving(ArchiveTable table) {
    await()
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> metric("vigie_archive_rows_total", table) > 0);
  }

  double failures(ArchiveTable table) throws IOException, InterruptedException {
    return metric("vigie_archive_failures_total", table);
  }

  private double metric(String name, ArchiveTable table) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(metrics).timeout(Duration.ofSeconds(5)).build();
    String start = "%s{table=\"%s\"} ".formatted(name, table.name());
    return HTTP.send(request, BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
        .sum();
  }

  @Override
  public void close() {
    process.close();
  }
}
