// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The settings of ingest-service's producers, for programs that are measured beside it. */
public final class ProducerSettings {

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

  /** Of the sources in this working copy. */
  public static Map<String, String> read() throws IOException {
    Properties all = new Properties();
    try (InputStream in = Files.newInputStream(SOURCE)) {
      all.load(in);
    }
    Map<String, String> settings = new LinkedHashMap<>();
    SHARED.forEach(key -> settings.put(key, all.getProperty(PREFIX + key)));
    return settings;
  }

  /** Each as {@code key=value}. */
  public static List<String> asArguments() throws IOException {
    return read().entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).toList();
  }
}
