// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vigie.stack.hdfs.HdfsTopology;
import vigie.stack.kafka.KafkaTopology;
import vigie.stack.redis.RedisTopology;
import vigie.stack.workspace.OneTimeSetup;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

class PersistedOptionsTest {

  private static final StartOptions EXAM =
      new StartOptions(
          false,
          false,
          KafkaTopology.KRAFT_STEADY,
          RedisTopology.SENTINEL,
          HdfsTopology.STEADY,
          2,
          false,
          true);

  private static final Map<String, String> VERSIONS = Map.of("kafka", "4.3.1", "redis", "7.0.15");

  @TempDir private Path root;

  @Test
  void aStartWithoutOptionsRepeatsTheLastOne() throws IOException {
    assertEquals(Optional.empty(), persisted().last());

    persisted().record(EXAM, VERSIONS);

    assertEquals(Optional.of(EXAM), persisted().last());
    assertEquals(
        "deploy/up --no-students --kafka kraft-steady --redis sentinel --hdfs steady"
            + " --spark-workers 2 --secure",
        EXAM.commandLine());
  }

  @ParameterizedTest
  @CsvSource({
    "--students, true, KRAFT_STEADY, SENTINEL, STEADY, true",
    "--kafka kraft-minimal, false, KRAFT_MINIMAL, SENTINEL, STEADY, true",
    "--redis replication, false, KRAFT_STEADY, REPLICATION, STEADY, true",
    "--hdfs minimal, false, KRAFT_STEADY, SENTINEL, MINIMAL, true",
    "--no-secure, false, KRAFT_STEADY, SENTINEL, STEADY, false"
  })
  void whatTheDataWasWrittenWithoutIsRefusedWithTheWholeCommandLine(
      String refused,
      boolean students,
      KafkaTopology kafka,
      RedisTopology redis,
      HdfsTopology hdfs,
      boolean secure)
      throws IOException {
    StartOptions asked = new StartOptions(students, false, kafka, redis, hdfs, 2, false, secure);
    persisted().record(EXAM, VERSIONS);
    assertDoesNotThrow(() -> persisted().require(asked, VERSIONS), "there is no data yet");

    writeData();

    StackException failure =
        assertThrows(StackException.class, () -> persisted().require(asked, VERSIONS));
    String line = failure.getMessage();
    assertTrue(line.contains("was written without " + refused + ";"), line);
    assertTrue(line.endsWith("start with: " + EXAM.commandLine()), line);
    assertDoesNotThrow(() -> persisted().require(EXAM, VERSIONS));
  }

  /** Data that an exam may have written never gets simulated results, also by way of a demo. */
  @Test
  void aDemoMayLoseItsLaptopsAndNeverGetsThemBack() throws IOException {
    persisted().record(StartOptions.FIRST, VERSIONS);
    writeData();
    StartOptions without = StartOptions.FIRST.withoutStudents();
    assertDoesNotThrow(() -> persisted().require(without, VERSIONS));

    persisted().record(without, VERSIONS);

    assertThrows(StackException.class, () -> persisted().require(StartOptions.FIRST, VERSIONS));
  }

  @Test
  void dataThatIsOlderThanTheRecordIsKnownByItsFiles() throws IOException {
    writeData();
    StackFolder folder = new StackFolder(root);
    Files.writeString(folder.data("kafka-form"), "kraft-steady\n");
    Files.writeString(folder.data("hdfs-form"), "steady\n");
    Files.writeString(folder.data("protection"), "secure\n");
    Files.createDirectory(folder.data("redis-sentinel-1"));

    StartOptions found = persisted().last().orElseThrow();

    assertEquals(EXAM.commandLine().replace(" --spark-workers 2", ""), found.commandLine());
  }

  @Test
  void anOlderProgramRefusesNewerData() throws IOException {
    persisted().record(EXAM, VERSIONS);
    writeData();

    StackException older =
        assertThrows(
            StackException.class,
            () -> persisted().require(EXAM, Map.of("kafka", "4.3.1", "redis", "6.2.11")));
    assertEquals(
        "redis 7.0.15 wrote the data, and redis 6.2.11 may misread it: use 7.0.15 or newer",
        older.getMessage());
    assertDoesNotThrow(
        () -> persisted().require(EXAM, Map.of("kafka", "4.10.0", "redis", "7.0.15")));

    Path file = new StackFolder(root).data("stack.properties");
    Files.writeString(file, Files.readString(file).replace("layout=1", "layout=2"));
    StackException newer =
        assertThrows(StackException.class, () -> persisted().require(EXAM, VERSIONS));
    assertTrue(newer.getMessage().startsWith("a newer version of Vigie wrote"), newer::getMessage);
  }

  @Test
  void theVersionsOfTheInstalledProgramsAreKnown() {
    for (KafkaTopology kafka : KafkaTopology.values()) {
      Map<String, String> installed = StoreVersions.installed(kafka);
      StoreVersions.requireNoneOlder(installed, installed);
      installed.values().forEach(version -> assertTrue(version.matches("\\d+\\.\\d+.*"), version));
    }
  }

  private PersistedOptions persisted() throws IOException {
    return new PersistedOptions(new StackFolder(root));
  }

  private void writeData() {
    OneTimeSetup.isDone(new StackFolder(root).data("kafka"));
  }
}
