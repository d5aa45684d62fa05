// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import vigie.stack.hdfs.HdfsCluster;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ManagedProcess;
import vigie.stack.process.ServiceProcess;
import vigie.stack.workspace.StackFolder;
import vigie.stack.workspace.WorkingCopy;

/** An archive that a JVM refuses costs nothing but time, so nothing else would tell. */
@EnabledOnOs(OS.LINUX)
class AotCacheIT {

  private static final Path SERVICE =
      WorkingCopy.root().resolve("ingest-service/target/quarkus-app/quarkus-run.jar");

  /** Older builds do not train a service before they archive its classes. */
  private static final int TRAINING_SINCE = 25;

  @BeforeAll
  static void record() {
    AotCacheRecorder.recordMissing();
  }

  /** The build records the archive of a service, and builds the services after this module. */
  @Test
  void kafkaAndAServiceStartFromTheirArchives(@TempDir Path folder) throws Exception {
    try (KafkaNode kafka = KafkaNode.startIn(folder)) {
      assertMapsItsArchive(kafka);

      assumeTrue(Files.exists(SERVICE), "ingest-service is not built yet");
      Path classes = folder.resolve("classes.log");
      Map<String, String> settings =
          Map.of(
              "VIGIE_ACCESS",
              "open",
              "KAFKA_BOOTSTRAP_SERVERS",
              kafka.bootstrapServers(),
              "JDK_JAVA_OPTIONS",
              "-Xlog:class+load:file=" + classes);
      try (ServiceProcess ingest =
          ServiceProcess.quarkus(
              Port.INGEST, Ports.ephemeral(), new StackFolder(folder), settings)) {
        ingest.start();
        ingest.awaitReady();
        assertMapsItsArchive(ingest);
        if (Runtime.version().feature() >= TRAINING_SINCE) {
          assertHoldsNearlyAll(classes);
        }
      }
    }
  }

  @Test
  void everyDaemonOfHdfsStartsFromItsArchive(@TempDir Path folder) throws Exception {
    try (HdfsCluster hdfs = HdfsCluster.startIn(folder)) {
      assertMapsItsArchive(hdfs.nameNode());
      assertMapsItsArchive(hdfs.dataNode());
    }
  }

  /** An archive that is recorded without a start to the end lacks two of five. */
  private static void assertHoldsNearlyAll(Path classes) throws IOException {
    List<String> loaded = Files.readAllLines(classes);
    long others =
        loaded.stream().filter(line -> !line.contains("source: shared objects file")).count();
    assertTrue(others < loaded.size() / 20, others + " of " + loaded.size() + " are not archived");
  }

  private static void assertMapsItsArchive(ManagedProcess part) throws IOException {
    String archive =
        part.process().command().stream()
            .filter(argument -> argument.matches("-XX:(AOTCache|SharedArchiveFile)=.*"))
            .map(argument -> argument.substring(argument.indexOf('=') + 1))
            .findFirst()
            .orElseThrow(() -> new AssertionError(part.name() + " has no archive"));
    List<String> mapped =
        Files.readAllLines(Path.of("/proc", Long.toString(part.process().pid()), "maps"));
    assertTrue(mapped.stream().anyMatch(line -> line.endsWith(archive)), part.name());
  }
}
