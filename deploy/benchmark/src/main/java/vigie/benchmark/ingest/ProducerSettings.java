// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The settings of ingest-service's producers, for whoever is measured beside it. */
final class ProducerSettings {

  private static final Path SOURCE =
      Path.of("ingest-service/src/main/resources/application.properties");
  private static final String PREFIX = "mp.messaging.connector.smallrye-kafka.";
  private static final List<String> SHARED =
      List.of(
          "acks",
          "enable.idempotence",
          "compression.type",
          "linger.ms",
          "batch.size",
          "buffer.memory");

  private ProducerSettings() {}

  /** Each as {@code key=value}. */
  static List<String> asArguments() throws IOException {
    Properties all = new Properties();
    try (InputStream in = Files.newInputStream(SOURCE)) {
      all.load(in);
    }
    return SHARED.stream().map(key -> key + "=" + all.getProperty(PREFIX + key)).toList();
  }
}
