// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.archive;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.iceberg.catalog.TableIdentifier;
import vigie.stack.hdfs.HdfsCluster;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ServiceProcess;
import vigie.stack.workspace.StackFolder;

/**
 * Iceberg's own sink on a standalone worker of Kafka Connect, which commits as often as
 * archive-service does.
 */
final class Sink {

  static final TableIdentifier TABLE = TableIdentifier.of("sink", "results");

  private static final Path MODULE = Path.of("deploy/benchmark/sink");
  private static final String WORKER = "org.apache.kafka.connect.cli.ConnectStandalone";
  private static final String HEAP = "512m";
  private static final String CONTROL = "control-iceberg";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Sink() {}

  /** Not started yet. */
  static ServiceProcess on(KafkaNode kafka, HdfsCluster hdfs, Path folder)
      throws IOException, ExecutionException, InterruptedException {
    kafka.createTopic(CONTROL, 1);
    Files.createDirectories(folder);
    Ports ports = Ports.ephemeral();
    Path worker = write(folder.resolve("worker.properties"), worker(kafka, ports, folder));
    Path connector = write(folder.resolve("connector.properties"), connector(kafka, hdfs));
    URI status = URI.create(ports.url(Port.ARCHIVE, "/connectors/sink/status"));
    return ServiceProcess.job(
        MODULE,
        WORKER,
        HEAP,
        new StackFolder(folder),
        Map.of(),
        List.of(worker.toString(), connector.toString()),
        () -> runs(status));
  }

  /**
   * A worker without records sleeps until it flushes offsets, every minute unless told otherwise,
   * and the sink, which is then called, commits no sooner.
   */
  private static Map<String, String> worker(KafkaNode kafka, Ports ports, Path folder) {
    return Map.of(
        "bootstrap.servers", kafka.bootstrapServers(),
        "listeners", "http://" + ports.address(Port.ARCHIVE),
        "offset.storage.file.filename", folder.resolve("offsets").toString(),
        "offset.flush.interval.ms", "1000",
        "plugin.discovery", "hybrid_warn",
        "connector.client.config.override.policy", "All",
        "key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
        "value.converter", "vigie.benchmark.sink.ResultConverter");
  }

  /** It is frozen while results are put into Kafka, and keeps its place and transactions. */
  private static Map<String, String> connector(KafkaNode kafka, HdfsCluster hdfs) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("name", "sink");
    settings.put("connector.class", "org.apache.iceberg.connect.IcebergSinkConnector");
    settings.put("tasks.max", "1");
    settings.put("topics", "vigie.results");
    settings.put("iceberg.tables", TABLE.toString());
    settings.put("iceberg.catalog", "hdfs");
    settings.put("iceberg.catalog.type", "hadoop");
    settings.put("iceberg.catalog.warehouse", hdfs.url() + "/vigie/warehouse");
    settings.put("iceberg.hadoop.dfs.replication", "1");
    settings.put("iceberg.control.topic", CONTROL);
    settings.put("iceberg.control.commit.interval-ms", "5000");
    settings.put("iceberg.kafka.bootstrap.servers", kafka.bootstrapServers());
    settings.put("consumer.override.session.timeout.ms", "300000");
    settings.put("consumer.override.auto.offset.reset", "earliest");
    settings.put("consumer.override.max.poll.records", "5000");
    return settings;
  }

  private static boolean runs(URI status) throws IOException, InterruptedException {
    String answer =
        HTTP.send(HttpRequest.newBuilder(status).build(), BodyHandlers.ofString()).body();
    if (answer.contains("FAILED")) {
      throw new IOException("The sink failed: " + answer);
    }
    return answer.contains("\"tasks\":[{\"id\":0,\"state\":\"RUNNING\"");
  }

  private static Path write(Path file, Map<String, String> settings) throws IOException {
    return Files.writeString(
        file,
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
            .collect(joining()));
  }
}
