// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import vigie.command.AtomicFile;
import vigie.stack.hdfs.HdfsTopology;
import vigie.stack.kafka.KafkaTopology;
import vigie.stack.ports.PersistedPorts;
import vigie.stack.ports.Port;
import vigie.stack.redis.RedisTopology;
import vigie.stack.workspace.OneTimeSetup;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

/**
 * What is known of the data of a folder: the options and the versions that it was written with.
 * Read and written by the process that holds the {@link PidFile}.
 */
final class PersistedOptions {

  /** Of the data folder; greater when an older program would misread it. */
  private static final int LAYOUT = 1;

  private static final String LAYOUT_KEY = "layout";
  private static final String VERSION_PREFIX = "written-by.";

  private final StackFolder folder;
  private final Path file;
  private final Properties properties = new Properties();

  PersistedOptions(StackFolder folder) throws IOException {
    this.folder = folder;
    this.file = folder.data("stack.properties");
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        properties.load(in);
      }
    }
  }

  /** Of the last start; empty in a folder that was never used. */
  Optional<StartOptions> last() throws IOException {
    if (!properties.isEmpty()) {
      return Optional.of(StartOptions.readFrom(properties));
    }
    return hasData() ? Optional.of(unrecorded()) : Optional.empty();
  }

  /** Refuses options and programs that the data does not allow. */
  void require(StartOptions asked, Map<String, String> versions) throws IOException {
    int layout = Integer.parseInt(properties.getProperty(LAYOUT_KEY, "0"));
    if (layout > LAYOUT) {
      throw new StackException(
          "a newer version of Vigie wrote the data in %s (layout %d, this version reads %d): start that version"
              .formatted(file.getParent(), layout, LAYOUT));
    }
    Optional<StartOptions> last = last();
    if (last.isPresent() && hasData()) {
      List<String> conflicts = last.get().conflicts(asked);
      if (!conflicts.isEmpty()) {
        throw new StackException(
            "the data in %s was written without %s; start with: %s"
                .formatted(
                    file.getParent(),
                    String.join(" ", conflicts),
                    asked.fitting(last.get()).commandLine()));
      }
      StoreVersions.requireNoneOlder(versions, recordedVersions());
    }
  }

  /** Records them before anything starts, so that a start that is cut off is repeated as it was. */
  void record(StartOptions options, Map<String, String> versions) throws IOException {
    properties.setProperty(LAYOUT_KEY, Integer.toString(LAYOUT));
    options.writeTo(properties);
    versions.forEach((store, version) -> properties.setProperty(VERSION_PREFIX + store, version));
    StringWriter text = new StringWriter();
    properties.store(text, "deploy/up without options repeats these");
    AtomicFile.write(file, text.toString());
  }

  private Map<String, String> recordedVersions() {
    return properties.stringPropertyNames().stream()
        .filter(key -> key.startsWith(VERSION_PREFIX))
        .collect(
            Collectors.toMap(
                key -> key.substring(VERSION_PREFIX.length()), properties::getProperty));
  }

  /** A start that failed before it prepared a store, at a port for instance, binds no later one. */
  private boolean hasData() throws IOException {
    return OneTimeSetup.isAnyDone(file.getParent());
  }

  /** As the files tell of a folder that is older than this record. */
  private StartOptions unrecorded() throws IOException {
    StartOptions first = StartOptions.FIRST;
    return new StartOptions(
        Files.exists(folder.data("receipts")),
        new PersistedPorts(folder).areFree(),
        KafkaTopology.parse(content("kafka-form", first.kafka().toString())),
        Files.exists(folder.data(Port.REDIS_SENTINEL_1.part()))
            ? RedisTopology.SENTINEL
            : first.redis(),
        HdfsTopology.parse(content("hdfs-form", first.hdfs().toString())),
        0,
        false,
        content("protection", "open").equals("secure"));
  }

  private String content(String name, String otherwise) throws IOException {
    Path note = folder.data(name);
    return Files.exists(note) ? Files.readString(note).strip() : otherwise;
  }
}
