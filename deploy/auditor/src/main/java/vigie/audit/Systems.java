// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where Kafka and the tables are. */
final class Systems {

  @Option(
      names = "--kafka",
      paramLabel = "SERVERS",
      defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS}",
      description = "Kafka's bootstrap servers (default: ${DEFAULT-VALUE}).")
  private String kafka;

  @Option(
      names = "--warehouse",
      paramLabel = "URL",
      defaultValue = "${env:VIGIE_ARCHIVE_WAREHOUSE}",
      description = "Where the tables are (default: ${DEFAULT-VALUE}).")
  private URI warehouse;

  @Option(
      names = "--hadoop-conf",
      paramLabel = "DIR",
      defaultValue = "${env:HADOOP_CONF_DIR}",
      description = {
        "The folder of core-site.xml and hdfs-site.xml, where the URL alone does not lead to HDFS",
        "(default: ${DEFAULT-VALUE})."
      })
  private Path hadoop;

  KafkaLogs kafka() {
    return new KafkaLogs(kafka);
  }

  Warehouse warehouse() {
    return new Warehouse(warehouse, Optional.ofNullable(hadoop));
  }
}
