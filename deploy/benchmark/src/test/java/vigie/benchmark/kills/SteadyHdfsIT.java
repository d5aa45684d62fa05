// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.kills;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.benchmark.Systems;
import vigie.harness.LongForm;
import vigie.stack.hdfs.HdfsCluster;
import vigie.stack.hdfs.HdfsTopology;

/** HDFS in the form where any one process of each kind may fail. */
@LongForm
class SteadyHdfsIT {

  @Test
  void theArchiveGoesOnWithoutOneNameNodeOneJournalNodeAndOneDataNode(@TempDir Path folder)
      throws Exception {
    try (Systems systems = Systems.startIn(folder, HdfsTopology.STEADY);
        Trial trial = new Trial(folder, systems, 1)) {
      HdfsCluster hdfs = systems.hdfs();
      trial.awaitArchived();

      hdfs.nameNode().kill();
      trial.awaitArchived();

      hdfs.journalNodes().get(0).kill();
      hdfs.dataNode().kill();
      trial.awaitArchived();

      assertEquals(List.of(), trial.end());
    }
  }
}
