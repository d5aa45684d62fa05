// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.harness.Seed;
import vigie.harness.Tier;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ServiceProcess;
import vigie.stack.workspace.StackFolder;

/**
 * Accepted means kept: laptops send, Kafka and ingest-service are damaged, receipts are checked.
 */
class IngestKillsIT {

  private static final int DAMAGES = Tier.count("vigie.kills", 3, 20);
  private static final int EVENTS_PER_SECOND = 400;
  private static final long BETWEEN_DAMAGES = 150;
  private static final Duration SOON = Duration.ofMinutes(1);

  @FunctionalInterface
  private interface Damage {
    void happen() throws Exception;
  }

  @Test
  void everyAcknowledgedEventIsInKafkaAcrossKillsAndFreezes(@TempDir Path folder) throws Exception {
    long seed = Seed.of(IngestKillsIT.class);
    long start = System.nanoTime();
    Ports ports = Ports.ephemeral();
    URI url = URI.create("http://" + ports.address(Port.INGEST));
    long peak = 0;
    try (KafkaNode kafka = KafkaNode.startIn(folder);
        ServiceProcess ingest = ingest(ports, kafka, folder)) {
      ingest.start();
      ingest.awaitReady();
      StudentSignalProcess laptops =
          StudentSignalProcess.examine(seed, EVENTS_PER_SECOND, folder.resolve("receipts"), url);
      try (KafkaEvents events = new KafkaEvents(kafka)) {
        awaitMore(laptops);
        for (Damage damage : damages(kafka, ingest, seed)) {
          peak = Math.max(peak, peakMemory(ingest));
          damage.happen();
          awaitMore(laptops);
          assertKept(laptops.receipts().ids(), events, seed);
        }
        laptops.end();
        assertKept(laptops.receipts().ids(), events, seed);
        peak = Math.max(peak, peakMemory(ingest));
        System.out.printf(
            "kills: seed %d, %d in %.0f s, %,d events acknowledged, all in Kafka;"
                + " ingest's peak memory %d MB%n",
            seed,
            DAMAGES,
            (System.nanoTime() - start) / 1e9,
            laptops.receipts().ids().size(),
            peak >> 10);
      } finally {
        laptops.process().destroyForcibly();
      }
    }
  }

  private static ServiceProcess ingest(Ports ports, KafkaNode kafka, Path folder) {
    return ServiceProcess.quarkus(
        Port.INGEST,
        ports,
        new StackFolder(folder),
        Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(), "VIGIE_ACCESS", "open"));
  }

  private static List<Damage> damages(KafkaNode kafka, ServiceProcess ingest, long seed) {
    Random random = new Random(seed);
    Damage killBroker =
        () -> {
          kafka.kill();
          kafka.restart();
        };
    Damage killIngest =
        () -> {
          ingest.kill();
          ingest.restart();
        };
    Damage freezeBroker =
        () -> {
          int length = 1_000 + random.nextInt(3_000);
          long end = System.nanoTime() + Duration.ofMillis(length).toNanos();
          kafka.freeze();
          await().atMost(SOON).until(() -> System.nanoTime() > end);
          kafka.resume();
        };
    List<Damage> kinds = List.of(killBroker, freezeBroker, killIngest);
    List<Damage> damages = new ArrayList<>();
    for (int i = 0; i < DAMAGES; i++) {
      damages.add(kinds.get(i % kinds.size()));
    }
    Collections.shuffle(damages, random);
    return damages;
  }

  private static void awaitMore(StudentSignalProcess laptops) throws IOException {
    long enough = laptops.receipts().count() + BETWEEN_DAMAGES;
    await().atMost(SOON).until(() -> laptops.receipts().count() > enough);
  }

  private static void assertKept(Set<UUID> acknowledged, KafkaEvents events, long seed)
      throws Exception {
    Set<UUID> missing = new HashSet<>(acknowledged);
    missing.removeAll(events.idsSoFar());
    assertEquals(Set.of(), missing, () -> "acknowledged and not in Kafka; seed " + seed);
  }

  /** Kilobytes. */
  private static long peakMemory(ServiceProcess process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.process().pid()), "status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
