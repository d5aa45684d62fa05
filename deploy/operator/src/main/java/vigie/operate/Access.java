// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import picocli.CommandLine.Option;

/** Where Kafka is, and how it is entered. */
final class Access {

  private static final int REQUEST_MILLIS = 10_000;
  private static final int ANSWER_MILLIS = 30_000;

  @Option(
      names = "--kafka",
      paramLabel = "SERVERS",
      required = true,
      defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS}",
      description = {"Kafka's bootstrap servers.", "Default: ${DEFAULT-VALUE}"})
  private String servers;

  @Option(
      names = "--kafka-settings",
      paramLabel = "FILE",
      defaultValue = "${env:VIGIE_OPERATE_KAFKA_SETTINGS}",
      description = {
        "A file of a Kafka client's settings, where Kafka does not",
        "admit all. Default: ${env:VIGIE_OPERATE_KAFKA_SETTINGS:-none}"
      })
  private Optional<Path> settings = Optional.empty();

  Admin admin() {
    Map<String, Object> all = new HashMap<>();
    settings.map(Access::read).ifPresent(file -> file.forEach((k, v) -> all.put((String) k, v)));
    all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
    all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
    return Admin.create(all);
  }

  private static Properties read(Path file) {
    Properties read = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      read.load(in);
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
