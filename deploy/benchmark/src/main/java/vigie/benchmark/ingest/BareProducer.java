// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vigie.benchmark.ProducerSettings;
import vigie.stack.kafka.KafkaNode;

/** Kafka's own {@code kafka-producer-perf-test}, with the producer settings of ingest-service. */
final class BareProducer {

  private static final Pattern SUMMARY =
      Pattern.compile("(\\d+) records sent, ([0-9.]+) records/sec .* ms 99.9th");

  private final KafkaNode kafka;

  BareProducer(KafkaNode kafka) {
    this.kafka = kafka;
  }

  /** Events per second, its own start and warm-up included. */
  double eventsPerSecond(Path folder, ExamResults results, long records) throws IOException {
    Path payload = folder.resolve("payload");
    try (var out = Files.newOutputStream(payload)) {
      for (byte[] line : results.lines()) {
        out.write(line);
      }
    }
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--topic",
                "vigie.results",
                "--num-records",
                Long.toString(records),
                "--throughput",
                "-1",
                "--payload-file",
                payload.toString(),
                "--producer-props",
                "bootstrap.servers=" + kafka.bootstrapServers()));
    arguments.addAll(ProducerSettings.asArguments());
    String printed =
        kafka.run("org.apache.kafka.tools.ProducerPerformance", Duration.ofMinutes(3), arguments);
    Matcher summary = SUMMARY.matcher(printed);
    if (!summary.find() || Long.parseLong(summary.group(1)) != records) {
      throw new IOException("kafka-producer-perf-test printed " + printed);
    }
    return Double.parseDouble(summary.group(2));
  }
}
