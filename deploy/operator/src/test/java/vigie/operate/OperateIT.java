// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import vigie.stack.kafka.ClusterSize;
import vigie.stack.kafka.KafkaCluster;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.kafka.KafkaTopology;

/** An operator's days with a cluster of four brokers; each goes on where the one before ended. */
@TestMethodOrder(OrderAnnotation.class)
class OperateIT {

  private static final int LAST = 4;

  @TempDir private static Path folder;
  private static KafkaCluster kafka;

  private record Answer(int code, String text) {}

  @BeforeAll
  static void start() {
    kafka = KafkaCluster.startIn(folder, KafkaTopology.KRAFT_STEADY, new ClusterSize(LAST, 1));
    kafka.awaitInSync();
  }

  @AfterAll
  static void stop() {
    kafka.kill();
  }

  @Test
  @Order(1)
  void aWholeClusterIsGoodAndAnyBrokerMayBeRestarted() {
    Answer status = operate("status");
    assertEquals(Operate.GOOD, status.code(), status.text());
    assertTrue(status.text().contains("vigie.results"), status.text());

    assertEquals(
        new Answer(Operate.GOOD, "broker 2 may be restarted\n"), operate("safe-to-restart", "2"));
  }

  @Test
  @Order(2)
  void whatOnlySaysWhatWouldMoveMovesNothing() throws Exception {
    List<Copies> before = partitions();

    Answer answer = operate("drain", "4", "--dry-run");

    assertTrue(answer.text().contains(copiesOf(LAST) + " copies move"), answer.text());
    assertEquals(before, partitions());
  }

  @Test
  @Order(3)
  void aDrainedBrokerHasNothingAndEveryPartitionAllItsCopies() throws Exception {
    Answer answer = operate("drain", "4");

    assertEquals(Operate.GOOD, answer.code(), answer.text());
    assertEquals(0, copiesOf(LAST), answer.text());
    assertWholeAndUnlimited();
  }

  @Test
  @Order(4)
  void anAddedBrokerGetsItsShare() throws Exception {
    Answer answer = operate("rebalance");

    assertEquals(Operate.GOOD, answer.code(), answer.text());
    // It shares a rack with broker 1, as copies of a partition are in three.
    assertTrue(Math.abs(copiesOf(LAST) - copiesOf(1)) <= 1, answer.text());
    assertWholeAndUnlimited();
  }

  @Test
  @Order(5)
  void aBrokerThatIsGoneIsToldAndStopsFurtherRestarts() throws Exception {
    broker(3).kill();
    awaitCopiesBehind();

    Answer status = operate("status");
    assertEquals(Operate.NOT_GOOD, status.code(), status.text());
    assertTrue(status.text().contains("broker 3 is absent"), status.text());
    assertTrue(status.text().contains("copies are missing or behind"), status.text());
    assertFalse(status.text().contains("records are refused"), status.text());
    Answer restart = operate("safe-to-restart", "1", "--patience", "PT0.5S");
    assertEquals(Operate.NOT_GOOD, restart.code(), restart.text());
    assertEquals(Operate.NOT_GOOD, operate("rebalance").code());
  }

  @Test
  @Order(6)
  void aBrokerWithAnEmptyDiskInItsPlaceIsFilled() throws Exception {
    deleteDataOf(broker(3));
    broker(3).restart();

    assertEquals(Operate.GOOD, operate("safe-to-restart", "1").code());
    assertWholeAndUnlimited();
  }

  @Test
  @Order(7)
  void aBrokerThatIsGoneForGoodIsReplacedByTheOthers() throws Exception {
    broker(LAST).kill();
    awaitCopiesBehind();

    Answer answer = operate("drain", "4");

    assertEquals(Operate.GOOD, answer.code(), answer.text());
    assertEquals(0, copiesOf(LAST), answer.text());
    assertWholeAndUnlimited();
  }

  @Test
  @Order(8)
  void whoCannotBeAskedIsAClearError() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Operate.commandLine(System.out)
            .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
            .execute("status", "--kafka", "127.0.0.1:1");

    assertEquals(2, code);
    assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("operate: "), err::toString);
  }

  private static void assertWholeAndUnlimited() throws Exception {
    Answer status = operate("status");
    assertEquals(Operate.GOOD, status.code(), status.text());
    try (Admin admin = kafka.admin()) {
      List<ConfigResource> all =
          List.of(
              new ConfigResource(ConfigResource.Type.BROKER, "1"),
              new ConfigResource(ConfigResource.Type.TOPIC, "vigie.results"));
      List<ConfigEntry> limits =
          admin.describeConfigs(all).all().get().values().stream()
              .flatMap(config -> config.entries().stream())
              .filter(entry -> entry.name().contains("throttled") && !entry.isDefault())
              .toList();
      assertEquals(List.of(), limits);
    }
  }

  private static void awaitCopiesBehind() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> partitions().stream().anyMatch(one -> !one.isWhole()));
  }

  private static KafkaNode broker(int id) {
    return kafka.brokers().get(id - 1);
  }

  private static long copiesOf(int broker) throws Exception {
    return partitions().stream().filter(one -> one.brokers().contains(broker)).count();
  }

  private static List<Copies> partitions() throws Exception {
    try (Admin admin = kafka.admin()) {
      return Cluster.read(admin).partitions();
    }
  }

  private static void deleteDataOf(KafkaNode broker) throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("data").resolve(broker.name()))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static Answer operate(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--kafka", kafka.bootstrapServers()));
    int code =
        Operate.commandLine(new PrintStream(out, true, StandardCharsets.UTF_8))
            .execute(all.toArray(String[]::new));
    return new Answer(code, out.toString(StandardCharsets.UTF_8));
  }
}
