// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Where Kafka and the tables are. */
final class Systems {

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

  @Option(
      names = "--warehouse",
      paramLabel = "URL",
      defaultValue = "${env:VIGIE_ARCHIVE_WAREHOUSE}",
      description = {"Where the tables are.", "Default: ${DEFAULT-VALUE}"})
  private URI warehouse;

  @Option(
      names = "--hadoop-conf",
      paramLabel = "DIR",
      defaultValue = "${env:HADOOP_CONF_DIR}",
      description = {
        "The folder of core-site.xml and hdfs-site.xml, where the URL",
        "alone does not lead to HDFS. Default: ${env:HADOOP_CONF_DIR:-none}"
      })
  private Path hadoop;

  KafkaLogs kafka() {
    return new KafkaLogs(kafka, entrance());
  }

  Warehouse warehouse() {
    return new Warehouse(warehouse, Optional.ofNullable(hadoop));
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
