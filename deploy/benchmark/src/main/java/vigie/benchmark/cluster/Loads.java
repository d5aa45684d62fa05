// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import vigie.benchmark.ProcessCost;
import vigie.benchmark.ProducerSettings;
import vigie.stack.kafka.KafkaCluster;
import vigie.stack.kafka.KafkaTopology;

/**
 * Sends to one cluster, as fast as it takes it, with the producer settings of ingest-service, and
 * reads what it has kept.
 */
final class Loads {

  private static final String WARM_UP = "warm-up";
  private static final String RANDOM = "random";
  private static final String RESULTS = "results";
  private static final int PARTITIONS = 6;
  private static final int COPIES = 3;
  private static final Duration WARM_UP_ROUND = Duration.ofSeconds(5);

  private final KafkaCluster kafka;
  private final KafkaTopology form;
  private final Map<String, String> settings;

  Loads(KafkaCluster kafka, KafkaTopology form) throws IOException {
    this.kafka = kafka;
    this.form = form;
    this.settings = ProducerSettings.read();
  }

  /** One after the other: random bytes, then results; then one consumer reads either. */
  void run(int megabytes, Duration time, Duration longestWarmUp, long seed, Report report)
      throws IOException, ExecutionException, InterruptedException {
    create(List.of(WARM_UP, RANDOM, RESULTS));
    warmUp(Results.of(WARM_UP, seed), longestWarmUp);
    random(megabytes).addTo(report.loads());
    results(Results.of(RESULTS, seed), time, report);
    read("random bytes, 1 KB", RANDOM).addTo(report.readings(), form);
    read("exam results", RESULTS).addTo(report.readings(), form);
  }

  /** Until the compilers of the brokers have hardly anything left to do. */
  private void warmUp(Results results, Duration longest) throws IOException {
    long began = System.nanoTime();
    boolean warm = false;
    while (!warm && System.nanoTime() - began < longest.toNanos()) {
      ProcessCost.Account before = Costs.brokers(kafka);
      Sent unused = send(results, WARM_UP_ROUND);
      warm = Costs.brokers(kafka).since(before).isWarm();
    }
  }

  private Measurement random(int megabytes)
      throws IOException, ExecutionException, InterruptedException {
    SendTest unused = SendTest.run(kafka, WARM_UP, megabytes / 3, settings);
    Costs before = Costs.of(kafka, RANDOM);
    SendTest test = SendTest.run(kafka, RANDOM, megabytes, settings);
    return new Measurement(
        form.toString(),
        "random bytes, 1 KB",
        test.bytes(),
        test.bytes(),
        test.seconds(),
        test.p99Millis(),
        Costs.of(kafka, RANDOM).since(before));
  }

  private void results(Results results, Duration time, Report report)
      throws IOException, ExecutionException, InterruptedException {
    Costs costs = Costs.of(kafka, RESULTS);
    Work work = Work.of(kafka);
    Sent sent = send(results, time);
    long json = results.json() * sent.rounds();
    Work.of(kafka).since(work).addTo(report.work(), form, json);
    new Measurement(
            form.toString(),
            "exam results",
            results.bytes() * sent.rounds(),
            json,
            sent.seconds(),
            sent.times().getValueAtPercentile(99) / 1e3,
            Costs.of(kafka, RESULTS).since(costs))
        .addTo(report.loads());
  }

  private Reading read(String load, String topic)
      throws IOException, ExecutionException, InterruptedException {
    Costs before = Costs.of(kafka, topic);
    ReadTest test = ReadTest.run(kafka, topic);
    return new Reading(load, test, Costs.of(kafka, topic).since(before));
  }

  /**
   * What was acknowledged.
   *
   * @param rounds how often all results were
   * @param times from a send to its acknowledgement, in microseconds
   */
  private record Sent(int rounds, double seconds, Histogram times) {}

  private Sent send(Results results, Duration time) {
    Histogram times = new ConcurrentHistogram(3);
    long began = System.nanoTime();
    int rounds = 0;
    try (Producer<byte[], byte[]> producer = producer()) {
      for (; System.nanoTime() - began < time.toNanos(); rounds++) {
        results.records().forEach(record -> send(producer, record, times));
      }
      producer.flush();
    }
    long sent = (long) rounds * results.records().size();
    if (times.getTotalCount() != sent) {
      throw new IllegalStateException(
          "Kafka acknowledged %d of %d results".formatted(times.getTotalCount(), sent));
    }
    return new Sent(rounds, (System.nanoTime() - began) / 1e9, times);
  }

  private static void send(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record, Histogram times) {
    long began = System.nanoTime();
    Future<RecordMetadata> unused =
        producer.send(
            record,
            (where, failure) -> {
              if (failure == null) {
                times.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
              }
            });
  }

  private Producer<byte[], byte[]> producer() {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("bootstrap.servers", kafka.bootstrapServers());
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private void create(List<String> topics) throws ExecutionException, InterruptedException {
    short copies = (short) Math.min(COPIES, kafka.brokers().size());
    try (Admin admin = kafka.admin()) {
      admin
          .createTopics(
              topics.stream().map(topic -> new NewTopic(topic, PARTITIONS, copies)).toList())
          .all()
          .get();
    }
  }
}
