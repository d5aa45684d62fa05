// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vigie.harness.Tier;
import vigie.stack.ports.Ports;
import vigie.stack.security.Certificates;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

class KafkaUsersIT {

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("forms")
  void aUserMayDoWhatItsRulesSayAndNothingElseAlsoAfterARestart(KafkaTopology topology)
      throws Exception {
    try (KafkaCluster kafka = cluster(topology)) {
      start(kafka);
      assertWritesResultsOnly(kafka);

      KafkaNode broker = kafka.brokers().get(0);
      broker.kill();
      broker.restart();
      assertWritesResultsOnly(kafka);
    }
  }

  @Test
  void onlyTheirOwnerReadsKeysAndPasswords() throws Exception {
    KafkaUsers unused = users();

    try (Stream<Path> files = Files.list(folder.resolve("data/keys"))) {
      for (Path file : files.toList()) {
        assertEquals(
            "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
  }

  @Test
  void aFormWithZooKeeperIsRefused() {
    var failure = assertThrows(StackException.class, () -> cluster(KafkaTopology.STEADY));

    assertEquals(
        "Kafka in the form steady lets in whoever reaches its ZooKeeper: --secure needs"
            + " --kafka kraft-minimal or kraft-steady",
        failure.getMessage());
  }

  private static void assertWritesResultsOnly(KafkaCluster kafka) throws Exception {
    Map<String, Object> settings = new HashMap<>();
    kafka
        .environment("ingest-service")
        .forEach(
            (name, value) ->
                settings.put(
                    name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.'),
                    value));
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("vigie.results", "s", "r")).get(1, TimeUnit.MINUTES);
      var refusal =
          assertThrows(
              ExecutionException.class,
              () -> producer.send(new ProducerRecord<>("vigie.alerts", "s", "a")).get());
      assertInstanceOf(TopicAuthorizationException.class, refusal.getCause());
    }
  }

  /** Users and rules do not depend on the number of brokers, so one proves them. */
  static List<KafkaTopology> forms() {
    return Tier.current() == Tier.ALL
        ? List.of(KafkaTopology.KRAFT_MINIMAL, KafkaTopology.KRAFT_STEADY)
        : List.of(KafkaTopology.KRAFT_MINIMAL);
  }

  private static void start(KafkaCluster kafka) {
    kafka.start();
    kafka.createTopics();
    kafka.admitUsers();
  }

  private KafkaCluster cluster(KafkaTopology topology) {
    return new KafkaCluster(
        new StackFolder(folder), Ports.ephemeral(), topology, Optional.of(users()));
  }

  private KafkaUsers users() {
    Path keys = new StackFolder(folder).data("keys");
    return new KafkaUsers(keys, Certificates.in(keys));
  }
}
