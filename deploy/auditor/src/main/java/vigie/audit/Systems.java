// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vigie.tables.TableOptions;
import vigie.warehouse.ArchiveCatalog;

/** Where Kafka and the tables are. */
final class Systems {

  /** Above what Kafka takes: a record that it took once fits. */
  private static final int LARGEST_REQUEST = 2 << 20;

  @Option(
      names = "--kafka",
      paramLabel = "SERVERS",
      defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS}",
      description = {"Kafka's bootstrap servers.", "Default: ${DEFAULT-VALUE}"})
  private String kafka;

  @Option(
      names = "--kafka-settings",
      paramLabel = "FILE",
      defaultValue = "${env:VIGIE_AUDIT_KAFKA_SETTINGS}",
      description = {
        "A file of a Kafka client's settings, where Kafka does not",
        "admit all. Default: ${env:VIGIE_AUDIT_KAFKA_SETTINGS:-none}"
      })
  private Path kafkaSettings;

  @Mixin private TableOptions tables;

  KafkaLogs kafka() {
    return new KafkaLogs(kafka, entrance());
  }

  /** Each record is acknowledged by all brokers that have to have it. */
  Producer<byte[], byte[]> producer() {
    Map<String, Object> settings = new HashMap<>(entrance());
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  ArchiveCatalog catalog() {
    return tables.open();
  }

  private Map<String, String> entrance() {
    if (kafkaSettings == null) {
      return Map.of();
    }
    Properties settings = new Properties();
    try (Reader file = Files.newBufferedReader(kafkaSettings)) {
      settings.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(kafkaSettings + " cannot be read", e);
    }
    return settings.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, settings::getProperty));
  }
}
