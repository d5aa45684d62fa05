// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import vigie.stack.kafka.KafkaCluster;

/**
 * What Kafka's own {@code kafka-consumer-perf-test} printed: one consumer that reads a topic from
 * its begin.
 *
 * @param bytes keys and values, as they are once unpacked
 * @param seconds since it was given its partitions
 */
record ReadTest(long bytes, double seconds) {

  private static final double MEBIBYTE = 1 << 20;
  private static final double MILLIS = 1e3;
  private static final Duration TIMEOUT = Duration.ofMinutes(4);

  /** Begin and end, MiB, MiB/s, records, records/s, ms of the rebalance, ms after it, and so on. */
  private static final Pattern SUMMARY =
      Pattern.compile(
          "(?m)^[-0-9: ]+, [-0-9: ]+, ([0-9.]+), [0-9.]+, (\\d+), [0-9.]+, \\d+, (\\d+), .*$");

  static ReadTest run(KafkaCluster kafka, String topic)
      throws IOException, ExecutionException, InterruptedException {
    long records = records(kafka, topic);
    List<String> arguments =
        List.of(
            "--bootstrap-server",
            kafka.bootstrapServers(),
            "--topic",
            topic,
            "--messages",
            Long.toString(records));
    String printed = kafka.run("org.apache.kafka.tools.ConsumerPerformance", TIMEOUT, arguments);
    // The log goes on from run to run: the last line of this kind is this run's.
    return SUMMARY
        .matcher(printed)
        .results()
        .reduce((earlier, later) -> later)
        .filter(line -> Long.parseLong(line.group(2)) >= records)
        .map(
            line ->
                new ReadTest(
                    Math.round(Double.parseDouble(line.group(1)) * MEBIBYTE),
                    Double.parseDouble(line.group(3)) / MILLIS))
        .orElseThrow(() -> new IOException("kafka-consumer-perf-test printed " + printed));
  }

  private static long records(KafkaCluster kafka, String topic)
      throws ExecutionException, InterruptedException {
    try (Admin admin = kafka.admin()) {
      return admin
          .listOffsets(
              admin
                  .describeTopics(List.of(topic))
                  .allTopicNames()
                  .get()
                  .get(topic)
                  .partitions()
                  .stream()
                  .map(partition -> new TopicPartition(topic, partition.partition()))
                  .collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest())))
          .all()
          .get()
          .values()
          .stream()
          .mapToLong(end -> end.offset())
          .sum();
    }
  }
}
