// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.net.URI;
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

  KafkaLogs kafka() {
    return new KafkaLogs(kafka);
  }

  Warehouse warehouse() {
    return new Warehouse(warehouse);
  }
}
