// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.harness.Seed;
import vigie.harness.Tier;
import vigie.stack.kafka.KafkaNode;

/**
 * Whatever is sent gets a 4xx or is taken; never a 5xx, never silence. It runs last: the others
 * read all that Kafka holds, and it fills Kafka.
 */
@Order(Integer.MAX_VALUE)
@ExtendWith(SharedKafka.class)
class MalformedRequestsIT {

  private static final int REQUESTS = Tier.count("vigie.malformed", 60_000, 1_000_000);
  private static final int WARM_UP = 15_000;
  private static final int CONNECTIONS = 48;

  /** A burst is sent before its first answer is read; its last request may break the connection. */
  private static final int BURST = 40;

  /** A hundred bytes kept of each request would be more, also in the bounded form. */
  private static final long HEAP_SLACK = 4 << 20;

  @TempDir static Path folder;
  private static RunningIngest ingest;

  @BeforeAll
  static void start(KafkaNode kafka) {
    ingest = RunningIngest.startOn(kafka, folder, Map.of());
  }

  @AfterAll
  static void stop() {
    if (ingest != null) {
      ingest.close();
    }
  }

  @Test
  void malformedRequestsAreNeverAServerErrorAndLeaveNothingBehind() throws Exception {
    long seed = Seed.of(MalformedRequestsIT.class);
    Map<Integer, Integer> answers = new TreeMap<>();
    long start = System.nanoTime();
    send(WARM_UP, seed, answers);
    long before = ingest.liveHeap();
    send(REQUESTS - WARM_UP, seed + CONNECTIONS, answers);
    long after = ingest.liveHeap();
    System.out.printf(
        "fuzz: seed %d, %,d requests in %.0f s, answers by status %s, live heap %.1f to %.1f MB%n",
        seed, REQUESTS, (System.nanoTime() - start) / 1e9, answers, before / 1e6, after / 1e6);

    assertTrue(after - before < HEAP_SLACK, "the heap grew from " + before + " to " + after);
    String log = Files.readString(ingest.process().process().log());
    assertTrue(!log.contains("ERROR") && !log.contains("Exception"), log);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> ingest.metrics().contains("vigie_ingest_in_flight_bytes 0.0"));
  }

  private static void send(int requests, long seed, Map<Integer, Integer> answers)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<Map<Integer, Integer>>> all = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        long seedHere = seed + i;
        all.add(threads.submit(() -> sendOnOneAfterAnother(requests / CONNECTIONS + 1, seedHere)));
      }
      for (var each : all) {
        each.get().forEach((status, n) -> answers.merge(status, n, Integer::sum));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** On one connection, and on another when that one is broken. 0 stands for a closed one. */
  private static Map<Integer, Integer> sendOnOneAfterAnother(int requests, long seed)
      throws IOException {
    MalformedRequests malformed = new MalformedRequests(seed);
    Map<Integer, Integer> answers = new TreeMap<>();
    RawConnection connection = new RawConnection(ingest.url());
    try {
      for (int sent = 0; sent < requests; ) {
        List<byte[]> burst = new ArrayList<>();
        for (int i = 0; i < BURST; i++) {
          burst.add(malformed.framed());
        }
        for (byte[] request : burst) {
          connection.write(request);
        }
        for (byte[] request : burst) {
          int status = read(connection, request, seed).orElse(0);
          assertTrue(status != 0, () -> explain("closed", request, seed));
          answers.merge(status, 1, Integer::sum);
        }
        sent += BURST;
        if (malformed.below(3) == 0) {
          byte[] request = malformed.misframed();
          connection.write(request);
          connection.endOutput();
          answers.merge(read(connection, request, seed).orElse(0), 1, Integer::sum);
          sent++;
          connection.close();
          connection = new RawConnection(ingest.url());
        }
      }
    } finally {
      connection.close();
    }
    return answers;
  }

  private static Optional<Integer> read(RawConnection connection, byte[] request, long seed)
      throws IOException {
    try {
      Optional<RawConnection.Answer> answer = connection.read();
      answer.ifPresent(
          a -> {
            assertTrue(a.status() < 500, () -> explain(a.status() + a.body(), request, seed));
            assertTrue(
                a.status() == 202
                    || !"application/problem+json".equals(a.headers().get("content-type"))
                    || a.body().contains("\"code\":\""),
                a.body());
          });
      return answer.map(RawConnection.Answer::status);
    } catch (java.net.SocketTimeoutException hang) {
      throw new AssertionError(explain("no answer", request, seed), hang);
    }
  }

  private static String explain(String what, byte[] request, long seed) {
    return "%s: seed %d, request %s".formatted(what, seed, HexFormat.of().formatHex(request));
  }

  @Test
  void anotherMethodOrPathIsNoServerError() throws Exception {
    assertEquals(405, ingest.get("/v1/results").statusCode());
    assertEquals(404, ingest.get("/v2/results").statusCode());
  }
}
