// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.stack.kafka.Topics;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ConfigTemplate;
import vigie.stack.workspace.StackException;

class ConfigTest {

  @TempDir private Path folder;

  @Test
  void everyTopicIsCompleteAndNamedOnce() {
    List<Topics.Topic> topics = Topics.read().topics();

    assertEquals(
        topics.size(), new HashSet<>(topics.stream().map(Topics.Topic::name).toList()).size());
    for (Topics.Topic topic : topics) {
      assertTrue(topic.name().startsWith("vigie."), topic.name());
      assertFalse(topic.key().isBlank(), topic.name());
      assertTrue(topic.partitions() > 0, topic.name());
      assertFalse(topic.retention().equals(Optional.of(Duration.ZERO)), topic.name());
    }
  }

  @Test
  void aTopicHasNoMoreCopiesThanBrokers() {
    Topics.Topic topic = Topics.read().topics().get(0);

    assertEquals(1, topic.on(1).replicationFactor());
    assertEquals(topic.replication(), topic.on(5).replicationFactor());
  }

  @Test
  void everyExerciseStartsWithOneThreshold() {
    List<ThresholdSeed.Threshold> all = ThresholdSeed.read().all();

    assertEquals(
        all.size(),
        new HashSet<>(all.stream().map(ThresholdSeed.Threshold::exerciseId).toList()).size());
    all.forEach(threshold -> assertTrue(Double.parseDouble(threshold.value()) <= 100));
  }

  @Test
  void aTemplateIsFilledInWithPorts() throws Exception {
    Ports ports = Ports.ephemeral();

    Path site =
        new ConfigTemplate(ports, Map.of("HDFS_DATA", "/data/hdfs"))
            .render("hdfs/minimal/hdfs-site.xml", folder.resolve("hdfs-site.xml"));

    String filled = Files.readString(site);
    assertTrue(filled.contains(ports.address(Port.NAMENODE)));
    assertTrue(filled.contains(">/data/hdfs/name<"));
    assertFalse(filled.contains("${NAMENODE"));
  }

  /** As Kafka reads its settings. */
  @Test
  void aFolderMayHaveAnyName() throws Exception {
    String data = "/data/é x/\\☂";
    Path file =
        new ConfigTemplate(Ports.ephemeral(), Map.of("ZOOKEEPER_DATA", data))
            .render("kafka/minimal/zookeeper.properties", folder.resolve("zookeeper.properties"));

    Properties settings = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      settings.load(in);
    }
    assertEquals(data, settings.getProperty("dataDir"));
  }

  @Test
  void aTemplateWithAnUnknownNameIsRefused() {
    ConfigTemplate template = new ConfigTemplate(Ports.ephemeral(), Map.of());

    var failure =
        assertThrows(
            StackException.class,
            () -> template.render("hdfs/minimal/core-site.xml", folder.resolve("core-site.xml")));

    assertTrue(failure.getMessage().contains("HDFS_DATA"), failure.getMessage());
  }
}
