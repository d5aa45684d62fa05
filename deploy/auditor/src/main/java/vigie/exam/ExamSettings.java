// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.exam;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where the systems are, as the scripts of {@code deploy} find them.
 *
 * @param environment also that of {@code deploy/audit}
 */
record ExamSettings(Map<String, String> environment) {

  /** By the file that each instance looks for, and by the readiness of each. */
  IngestClosure ingest() {
    List<URI> instances =
        Arrays.stream(text("VIGIE_EXAM_INGEST_SERVICES").split(",", -1)).map(URI::create).toList();
    return new IngestClosure(Path.of(text("VIGIE_INGEST_EXAM_CLOSED_FILE")), instances);
  }

  /** A folder for the folders of exams. */
  Path reports() {
    return Path.of(text("VIGIE_EXAM_REPORTS"));
  }

  /** The file of the key that reports are signed with; made when it is missing. */
  Path key() {
    return Path.of(text("VIGIE_EXAM_KEY"));
  }

  Figures figures() {
    return new Figures(
        text("VIGIE_ANALYTICS_JDBC_URL"),
        text("VIGIE_ANALYTICS_DB_USER"),
        text("VIGIE_ANALYTICS_DB_PASSWORD"));
  }

  EventLogs kafka() throws IOException {
    Properties settings = new Properties();
    String file = environment.get("VIGIE_AUDIT_KAFKA_SETTINGS");
    if (file != null) {
      try (Reader in = Files.newBufferedReader(Path.of(file))) {
        settings.load(in);
      }
    }
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, text("KAFKA_BOOTSTRAP_SERVERS"));
    return new EventLogs(settings);
  }

  private String text(String name) {
    String value = environment.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is not set; there is no data of deploy/up here");
    }
    return value;
  }
}
