// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An archive that a JVM refuses costs nothing but time, so nothing else would tell. */
@EnabledOnOs(OS.LINUX)
class StartArchiveIT {

  @BeforeAll
  static void record() {
    ArchiveRecorder.recordMissing();
  }

  @Test
  void kafkaStartsFromItsArchive(@TempDir Path folder) throws Exception {
    try (KafkaNode kafka = KafkaNode.startIn(folder)) {
      assertMapsItsArchive(kafka);
    }
  }

  @Test
  void everyDaemonOfHdfsStartsFromItsArchive(@TempDir Path folder) throws Exception {
    try (HdfsCluster hdfs = HdfsCluster.startIn(folder)) {
      assertMapsItsArchive(hdfs.nameNode());
      assertMapsItsArchive(hdfs.dataNode());
    }
  }

  private static void assertMapsItsArchive(Part part) throws IOException {
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
