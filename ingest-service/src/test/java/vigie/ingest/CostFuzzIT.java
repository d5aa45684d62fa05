// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.harness.Seed;
import vigie.harness.Tier;
import vigie.issuer.Issuer;
import vigie.issuer.Role;
import vigie.stack.kafka.KafkaNode;

/**
 * Whatever a laptop sends, no event loop is held up, no memory is kept, and a neighbour is served.
 * The limits of rates are so high here that all of it is read.
 */
@ExtendWith(SharedKafka.class)
@Order(Integer.MAX_VALUE)
class CostFuzzIT {

  private static final int BODIES = Tier.count("vigie.cost-fuzz.bodies", 320, 100_000);
  private static final int CONNECTIONS = 8;
  private static final int STUDENTS = 50;

  private static final long MOST_MILLIS = 100;
  private static final long HEAP_SLACK = 16 << 20;

  /** On two busy cores; a machine that does nothing else is held to less by the property. */
  private static final Duration NEIGHBOURS_P99 =
      Tier.duration("vigie.cost-fuzz.p99", Duration.ofSeconds(3), Duration.ofSeconds(3));

  @TempDir static Path folder;
  private static RunningIngest ingest;
  private static final List<String> students = new ArrayList<>();
  private static final List<String> tokens = new ArrayList<>();
  private static String neighboursToken;
  private volatile boolean over;

  @BeforeAll
  static void start(KafkaNode kafka) {
    Issuer issuer = Issuer.in(folder.resolve("keys"));
    for (int i = 0; i < STUDENTS; i++) {
      students.add("s-" + i);
      tokens.add(issuer.token(Role.LAPTOP, "s-" + i));
    }
    neighboursToken = issuer.token(Role.LAPTOP, "neighbour");
    Map<String, String> settings = new HashMap<>(issuer.environment());
    settings.put("VIGIE_ACCESS", "tokens");
    settings.put("VIGIE_INGEST_CLIENT_HEADER", "X-Device-Id");
    settings.put("VIGIE_INGEST_BODY_TIMEOUT", "2s");
    for (String sender : List.of("CLIENT", "STUDENT")) {
      settings.put("VIGIE_INGEST_" + sender + "_RATE", "1G");
      settings.put("VIGIE_INGEST_" + sender + "_BURST", "1G");
      settings.put("VIGIE_INGEST_" + sender + "_RECORDS", "10000000");
      settings.put("VIGIE_INGEST_" + sender + "_RECORDS_BURST", "10000000");
    }
    ingest = RunningIngest.startOn(kafka, folder, settings);
  }

  @AfterAll
  static void stop() {
    if (ingest != null) {
      ingest.close();
    }
  }

  /** Small as they are sent, large as they are read: at once, and beside single events. */
  @Test
  void fewKilobytesHoldUpNoEventLoop() throws Exception {
    int size = (8 << 20) - 1024;
    List<byte[]> bodies =
        List.of(
            Bodies.gzip(Bodies.nestedLines(15, size)),
            Bodies.gzip(("{\"k\":[" + "1,".repeat(size / 2 - 10) + "1]}").getBytes(UTF_8)),
            Bodies.gzip(" ".repeat(size).getBytes(UTF_8)),
            Bodies.repeat(Bodies.gzip(new byte[0]), 3_000));
    warmUp();
    ExecutorService threads = Executors.newFixedThreadPool(bodies.size());
    try (EventLoopWatch watch = new EventLoopWatch(ingest.process().process().pid())) {
      List<Future<Integer>> costly = new ArrayList<>();
      for (byte[] body : bodies) {
        costly.add(threads.submit(() -> gzip(body)));
      }
      for (int i = 0; i < 20; i++) {
        askAsNeighbour();
      }
      for (Future<Integer> each : costly) {
        int status = each.get();
        assertTrue(status == 400 || status == 202, "answered " + status);
      }
      System.out.println("few kilobytes: longest task " + watch.longestMillis() + " ms");
      assertTrue(
          watch.longestMillis() < MOST_MILLIS, () -> "worked " + watch.longestMillis() + " ms");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatIsDearToReadHoldsUpNobodyAndLeavesNothingBehind() throws Exception {
    long seed = Seed.of(CostFuzzIT.class);
    Map<String, Integer> answers = new TreeMap<>();
    send(BODIES / 4, seed, answers);
    // On a busy machine an event loop may well be blocked while the service starts.
    int started = log().length();
    long before = ingest.liveHeap();
    Histogram micros = new Histogram(3);
    long start = System.nanoTime();
    long longest;
    ExecutorService neighbour = Executors.newSingleThreadExecutor();
    try (EventLoopWatch watch = new EventLoopWatch(ingest.process().process().pid())) {
      Future<?> asking = neighbour.submit(asNeighbour(micros));
      send(BODIES, seed + CONNECTIONS, answers);
      over = true;
      asking.get();
      longest = watch.longestMillis();
    } finally {
      neighbour.shutdownNow();
    }
    long after = ingest.liveHeap();
    double p99 = micros.getValueAtPercentile(99) / 1_000.0;
    System.out.printf(
        "cost fuzz: %,d bodies in %.0f s, answers %s; longest task of an event loop %d ms;"
            + " neighbour: %,d events, p50 %.1f, p99 %.1f, most %.1f ms; live heap %.1f to %.1f"
            + " MB%n",
        BODIES,
        (System.nanoTime() - start) / 1e9,
        answers,
        longest,
        micros.getTotalCount(),
        micros.getValueAtPercentile(50) / 1e3,
        p99,
        micros.getMaxValue() / 1e3,
        before / 1e6,
        after / 1e6);

    assertTrue(longest < MOST_MILLIS, "an event loop worked " + longest + " ms");
    assertTrue(after - before < HEAP_SLACK, "the heap grew from " + before + " to " + after);
    assertTrue(p99 < NEIGHBOURS_P99.toMillis(), "the neighbour's p99 was " + p99 + " ms");
    String log = log().substring(started);
    assertFalse(log.contains("ERROR") || log.contains("has been blocked"), log);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> ingest.metrics().contains("vigie_ingest_in_flight_bytes 0.0"));
  }

  private static String log() throws IOException {
    return Files.readString(ingest.process().process().log());
  }

  private static void send(int bodies, long seed, Map<String, Integer> answers) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<Map<String, Integer>>> all = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        long seedHere = seed + i;
        all.add(threads.submit(() -> sendOneAfterAnother(bodies / CONNECTIONS, seedHere)));
      }
      for (Future<Map<String, Integer>> each : all) {
        each.get().forEach((status, n) -> answers.merge(status, n, Integer::sum));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Map<String, Integer> sendOneAfterAnother(int bodies, long seed)
      throws IOException {
    CostlyRequests requests = new CostlyRequests(seed, students, tokens);
    Map<String, Integer> answers = new TreeMap<>();
    RawConnection connection = new RawConnection(ingest.url());
    try {
      for (int i = 0; i < bodies; i++) {
        CostlyRequests.Costly request = requests.next();
        Optional<RawConnection.Answer> answer = answer(connection, request);
        if (answer.isPresent()) {
          int status = answer.get().status();
          String body = answer.get().body();
          assertTrue(
              status < 500 || (status == 503 && body.contains("\"code\":\"")),
              () -> request.name() + " of seed " + seed + ": " + status + body);
        }
        answers.merge(
            answer.map(a -> Integer.toString(a.status())).orElse("closed"), 1, Integer::sum);
        if (!request.whole() || answer.isEmpty()) {
          connection.close();
          connection = new RawConnection(ingest.url());
        }
      }
    } finally {
      connection.close();
    }
    return answers;
  }

  /** What lies about its length is not waited for. */
  private static Optional<RawConnection.Answer> answer(
      RawConnection connection, CostlyRequests.Costly request) throws IOException {
    try {
      connection.write(request.bytes());
    } catch (SocketException closed) {
      return Optional.empty();
    }
    return request.whole() ? connection.read() : Optional.empty();
  }

  private Callable<Void> asNeighbour(Histogram micros) {
    return () -> {
      while (!over) {
        long start = System.nanoTime();
        askAsNeighbour();
        micros.recordValue((System.nanoTime() - start) / 1_000);
        Thread.sleep(10);
      }
      return null;
    };
  }

  private static void askAsNeighbour() throws Exception {
    String event = JsonEvents.result(UUID.randomUUID(), "neighbour", 50);
    HttpResponse<String> answer =
        ingest.send(
            ingest
                .request("/v1/results", JsonEvents.JSON, BodyPublishers.ofString(event))
                .header("Authorization", "Bearer " + neighboursToken)
                .header("X-Device-Id", "neighbour"));
    assertEquals(202, answer.statusCode(), answer.body());
  }

  private static void warmUp() throws Exception {
    for (int i = 0; i < 20; i++) {
      askAsNeighbour();
    }
  }

  private static int gzip(byte[] body) throws Exception {
    return ingest
        .send(
            ingest
                .request("/v1/results", JsonEvents.NDJSON, BodyPublishers.ofByteArray(body))
                .header("Authorization", "Bearer " + tokens.get(0))
                .header("X-Device-Id", "attacker")
                .header("Content-Encoding", "gzip"))
        .statusCode();
  }
}
