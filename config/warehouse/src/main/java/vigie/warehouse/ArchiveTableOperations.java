// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.sql.SQLException;
import java.util.Optional;
import org.apache.iceberg.BaseMetastoreTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/**
 * A commit is one UPDATE that moves the table's pointer from the metadata that it is based on. The
 * names of metadata files are never used twice, so that a writer that slept through any number of
 * commits changes no row.
 *
 * <p>These differ from Iceberg's own operations of a JDBC catalog in one point: an answer of
 * PostgreSQL that is lost is no refusal. The commit happened if the pointer, or the metadata log of
 * what it points to, names its file. Otherwise the outcome is unknown, since the UPDATE may still
 * be on its way: nothing is repeated and nothing deleted, and the caller asks the table.
 */
final class ArchiveTableOperations extends BaseMetastoreTableOperations {

  private final TablePointers pointers;
  private final TableIdentifier table;
  private final HadoopFileIO files;

  ArchiveTableOperations(TablePointers pointers, TableIdentifier table, HadoopFileIO files) {
    this.pointers = pointers;
    this.table = table;
    this.files = files;
  }

  @Override
  protected String tableName() {
    return table.toString();
  }

  @Override
  public FileIO io() {
    return files;
  }

  @Override
  protected void doRefresh() {
    Optional<String> location = read();
    if (location.isPresent()) {
      // The caller opens the table again, and reports what failed.
      refreshFromMetadataLocation(location.get(), 0);
    } else if (currentMetadataLocation() != null) {
      throw new NoSuchTableException("%s is no longer in the catalog", table);
    } else {
      disableRefresh();
    }
  }

  private Optional<String> read() {
    try {
      return pointers.read(table);
    } catch (SQLException e) {
      throw new UncheckedSQLException(e, ArchiveCatalog.NO_ANSWER);
    }
  }

  /** The file is on the disks of the DataNodes before the pointer moves: see SyncedFileIO. */
  @Override
  protected void doCommit(TableMetadata base, TableMetadata metadata) {
    if (base != null) {
      OrphanFence.check(files, base, metadata);
    }
    String ours = writeNewMetadata(metadata, MetadataFile.versionAfter(base));
    boolean moved;
    try {
      moved =
          base == null
              ? pointers.create(table, ours)
              : pointers.move(table, base.metadataFileLocation(), ours);
    } catch (SQLException e) {
      if (checkCommitStatusStrict(ours, metadata) != CommitStatus.SUCCESS) {
        throw new CommitStateUnknownException(ArchiveCatalog.NO_ANSWER, e);
      }
      return;
    }
    if (!moved && !isOfTable(ours)) {
      throw withoutFile(ours, refusal(base));
    }
  }

  /**
   * Whether the pointer, or the log of what it points to, names the file: an operator may have made
   * the table go on from it while this writer slept.
   *
   * @throws NoSuchTableException when the table has no pointer; any file may be its newest then
   */
  private boolean isOfTable(String file) {
    TableMetadata now = refresh();
    return file.equals(now.metadataFileLocation())
        || now.previousFiles().stream().anyMatch(entry -> entry.file().equals(file));
  }

  private RuntimeException refusal(TableMetadata base) {
    return base == null
        ? new AlreadyExistsException("%s is in the catalog already", table)
        : new CommitFailedException("%s has moved on from %s", table, base.metadataFileLocation());
  }

  /**
   * Deletes the file, which never becomes the table's. A later search for the newest metadata would
   * find one leaf more.
   */
  private RuntimeException withoutFile(String ours, RuntimeException refusal) {
    try {
      files.deleteFile(ours);
    } catch (RuntimeException e) {
      // It stays until orphans are removed.
      refusal.addSuppressed(e);
    }
    return refusal;
  }
}
