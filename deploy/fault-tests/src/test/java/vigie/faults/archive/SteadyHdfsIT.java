// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.faults.harness.ArchiveSystems;
import vigie.harness.LongForm;
import vigie.stack.hdfs.HdfsCluster;
import vigie.stack.hdfs.HdfsTopology;

/** HDFS in the form where any one process of each kind may fail. */
@LongForm
class SteadyHdfsIT {

  @Test
  void theArchiveGoesOnWithoutOneNameNodeOneJournalNodeAndOneDataNode(@TempDir Path folder)
      throws Exception {
    try (ArchiveSystems systems = ArchiveSystems.startIn(folder, HdfsTopology.STEADY);
        FaultRunner runner = new FaultRunner(folder, systems, 1)) {
      HdfsCluster hdfs = systems.hdfs();
      runner.awaitArchived();

      hdfs.nameNode().kill();
      runner.awaitArchived();

      hdfs.journalNodes().get(0).kill();
      hdfs.dataNode().kill();
      runner.awaitArchived();

      assertEquals(List.of(), runner.end());
    }
  }
}
