// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.net.URI;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import vigie.stack.VigieStack;

/** What each user of HDFS may not do; HDFS believes who they say they are. */
record HdfsAttacks(VigieStack vigie) {

  private static final String REFUSED = "AccessControlException";
  private static final Path TABLE = new Path("/vigie/warehouse/exam/results");
  private static final Path CHECKPOINTS = new Path("/vigie/checkpoints");

  Stream<Attack> all() {
    return Stream.of(
        attack("dashboard", "sees the tables", files -> files.listStatus(TABLE)),
        attack(
            "dashboard", "reads a table", files -> files.open(metadataListedBy("archive")).read()),
        attack("dashboard", "deletes a table", files -> files.delete(TABLE, true)),
        attack(
            "dashboard",
            "writes to a table",
            files -> files.create(new Path(TABLE, "forged")).close()),
        attack("dashboard", "moves a table", files -> files.rename(TABLE, new Path("/mine"))),
        attack("dashboard", "makes a folder", files -> files.mkdirs(new Path("/vigie/mine"))),
        attack(
            "dashboard",
            "opens the tables",
            files -> files.setPermission(TABLE, new FsPermission("777"))),
        attack("dashboard", "deletes the checkpoints", files -> files.delete(CHECKPOINTS, true)),
        attack("archive", "sees the checkpoints", files -> files.listStatus(CHECKPOINTS)),
        attack("archive", "gives a table away", files -> files.setOwner(TABLE, "dashboard", null)),
        attack(
            "analytics",
            "deletes the archive",
            files -> files.delete(new Path("/vigie/warehouse"), true)),
        attack(
            "analytics", "takes the archive", files -> files.setOwner(TABLE, "analytics", null)));
  }

  /** Names of metadata files are random, so one is looked up by a user who may. */
  private Path metadataListedBy(String user) throws Exception {
    URI hdfs = URI.create(vigie.hdfs().url());
    try (FileSystem files = FileSystem.newInstance(hdfs, new Configuration(), user)) {
      return files.listStatus(new Path(TABLE, "metadata"))[0].getPath();
    }
  }

  private interface Act {
    void on(FileSystem files) throws Exception;
  }

  private Attack attack(String user, String name, Act act) {
    return new Attack(
        "HDFS: %s %s".formatted(user, name),
        () -> {
          URI hdfs = URI.create(vigie.hdfs().url());
          try (FileSystem files = FileSystem.newInstance(hdfs, new Configuration(), user)) {
            act.on(files);
          }
        },
        REFUSED);
  }
}
