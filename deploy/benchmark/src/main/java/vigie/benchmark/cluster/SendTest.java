// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import vigie.stack.kafka.KafkaCluster;

/**
 * What Kafka's own {@code kafka-producer-perf-test} printed of random bytes, which no compression
 * makes smaller.
 */
record SendTest(long records, double recordsPerSecond, double p99Millis) {

  static final int RECORD_BYTES = 1_000;

  private static final int MEGABYTE = 1_000_000;
  private static final Duration TIMEOUT = Duration.ofMinutes(4);
  private static final Pattern SUMMARY =
      Pattern.compile(
          "(\\d+) records sent, ([0-9.]+) records/sec .* (\\d+) ms 99th, \\d+ ms 99.9th");

  static SendTest run(KafkaCluster kafka, String topic, int megabytes, Map<String, String> settings)
      throws IOException {
    long records = (long) megabytes * MEGABYTE / RECORD_BYTES;
    List<String> arguments = new ArrayList<>(List.of("--topic", topic, "--throughput", "-1"));
    arguments.addAll(List.of("--record-size", Integer.toString(RECORD_BYTES)));
    arguments.addAll(List.of("--num-records", Long.toString(records)));
    arguments.addAll(List.of("--producer-props", "bootstrap.servers=" + kafka.bootstrapServers()));
    settings.forEach((key, value) -> arguments.add(key + "=" + value));
    String printed = kafka.run("org.apache.kafka.tools.ProducerPerformance", TIMEOUT, arguments);
    // The log goes on from run to run: the last line of this kind is this run's.
    return SUMMARY
        .matcher(printed)
        .results()
        .reduce((earlier, later) -> later)
        .map(
            line ->
                new SendTest(
                    Long.parseLong(line.group(1)),
                    Double.parseDouble(line.group(2)),
                    Double.parseDouble(line.group(3))))
        .filter(test -> test.records == records)
        .orElseThrow(() -> new IOException("kafka-producer-perf-test printed " + printed));
  }

  long bytes() {
    return records * RECORD_BYTES;
  }

  double seconds() {
    return records / recordsPerSecond;
  }
}
