// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;
import vigie.stack.VigieStack;

/** What each user of HDFS may read and write, of all folders down to that of the tables. */
record HdfsTakeover(VigieStack vigie) {

  private static final int DEPTH = 3;

  /** By component: two have a user, and each can say that it is the superuser, as this does. */
  Map<String, Set<String>> possible() throws Exception {
    String superuser = System.getProperty("user.name");
    Set<Path> folders = new TreeSet<>();
    try (FileSystem files = as(superuser)) {
      walk(files, new Path("/"), DEPTH, folders);
    }
    Map<String, Set<String>> possible = new HashMap<>();
    possible.put("each component", Set.of("HDFS enter as its superuser"));
    for (var user : Map.of("archive-service", "archive", "analytics-job", "analytics").entrySet()) {
      Set<String> acts = new TreeSet<>();
      try (FileSystem files = as(user.getValue())) {
        for (Path folder : folders) {
          for (FsAction action : List.of(FsAction.READ_EXECUTE, FsAction.WRITE_EXECUTE)) {
            if (isAllowed(files, folder, action)) {
              acts.add(
                  "HDFS %s %s"
                      .formatted(
                          action == FsAction.READ_EXECUTE ? "read" : "write",
                          folder.toUri().getPath()));
            }
          }
        }
      }
      possible.put(user.getKey(), acts);
    }
    return possible;
  }

  private FileSystem as(String user) throws IOException, InterruptedException {
    return FileSystem.newInstance(URI.create(vigie.hdfs().url()), new Configuration(), user);
  }

  private static void walk(FileSystem files, Path folder, int depth, Set<Path> folders)
      throws IOException {
    folders.add(folder);
    if (depth > 0) {
      for (FileStatus child : files.listStatus(folder)) {
        if (child.isDirectory()) {
          walk(files, child.getPath(), depth - 1, folders);
        }
      }
    }
  }

  private static boolean isAllowed(FileSystem files, Path folder, FsAction action)
      throws IOException {
    try {
      files.access(folder, action);
      return true;
    } catch (AccessControlException e) {
      return false;
    }
  }
}
