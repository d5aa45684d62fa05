// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.hadoop.HadoopInputFile;

/**
 * What keeps the removal of orphans from taking a file that a commit then publishes. A file that no
 * snapshot names is either about to be committed or was given up; only its age tells.
 *
 * <p>Before orphans are listed, the instant before which they are removed becomes a property of the
 * table. No commit publishes a file that is older than the property says: it may be gone. A commit
 * replaces the very metadata that it was checked against, so one that was checked before the
 * property changed is refused and checked again, however long its writer slept.
 *
 * <p>All ages are those that the file system tells. No other clock counts.
 */
public final class OrphanFence {

  static final String REMOVED_BEFORE = "vigie.orphans-removed-before";

  private OrphanFence() {}

  /**
   * Commits that orphans of at least this age are going to be removed. Called by the holder of the
   * {@link MaintenanceLock}. The property is lowered only from the future, where the file system's
   * clock was ahead and no commit could pass; what was removed then no longer exists.
   *
   * @return the instant before which a file is to be removed; younger files have to stay
   */
  public static Instant raise(Table table, Duration age) {
    Instant now = now(table);
    Instant before = now.minus(age);
    PropertiesUpdate.commit(
        table,
        properties -> {
          Map<String, String> raised = new HashMap<>(properties);
          Optional<Instant> earlier = removedBefore(properties);
          if (earlier.isEmpty() || earlier.get().isBefore(before) || earlier.get().isAfter(now)) {
            raised.put(REMOVED_BEFORE, before.toString());
          }
          return raised;
        });
    return before;
  }

  /**
   * @throws ValidationException when a file that the commit adds may have been removed
   */
  static void check(HadoopFileIO files, TableMetadata base, TableMetadata commit) {
    Optional<Instant> removedBefore = removedBefore(base.properties());
    if (removedBefore.isEmpty()) {
      return;
    }
    Table table = new BaseTable(new StaticTableOperations(commit, files), commit.location());
    for (Snapshot snapshot : commit.snapshots()) {
      if (base.snapshot(snapshot.snapshotId()) == null) {
        for (String file : added(table, snapshot)) {
          if (changed(files, file).filter(removedBefore.get()::isBefore).isEmpty()) {
            throw new ValidationException(
                "%s may be gone: orphans from before %s were removed", file, removedBefore.get());
          }
        }
      }
    }
  }

  private static Set<String> added(Table table, Snapshot snapshot) {
    Set<String> added = new HashSet<>();
    for (ManifestFile manifest : snapshot.allManifests(table.io())) {
      if (Long.valueOf(snapshot.snapshotId()).equals(manifest.snapshotId())) {
        added.add(manifest.path());
      }
    }
    SnapshotChanges changes = SnapshotChanges.builderFor(table).snapshot(snapshot).build();
    for (DataFile file : changes.addedDataFiles()) {
      added.add(file.location());
    }
    return added;
  }

  private static Optional<Instant> removedBefore(Map<String, String> properties) {
    return Optional.ofNullable(properties.get(REMOVED_BEFORE)).map(Instant::parse);
  }

  /** Empty for a file that is gone. */
  private static Optional<Instant> changed(HadoopFileIO files, String file) {
    try {
      return Optional.of(
          Instant.ofEpochMilli(
              HadoopInputFile.fromLocation(file, files.conf()).getStat().getModificationTime()));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /** By the clock that dates the files. */
  private static Instant now(Table table) {
    HadoopFileIO files = (HadoopFileIO) table.io();
    Path probe = new Path(table.location(), "metadata/clock-" + UUID.randomUUID());
    try {
      FileSystem folder = probe.getFileSystem(files.conf());
      folder.create(probe, false).close();
      try {
        return Instant.ofEpochMilli(folder.getFileStatus(probe).getModificationTime());
      } finally {
        folder.delete(probe, false);
      }
    } catch (IOException e) {
      throw new RuntimeIOException(e, "The clock of %s cannot be read", table.location());
    }
  }
}
