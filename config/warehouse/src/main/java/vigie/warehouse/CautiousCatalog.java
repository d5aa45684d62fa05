// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.util.LockManagers;

/** A HadoopCatalog whose files are synced and whose lost answers are not taken for refusals. */
public final class CautiousCatalog extends HadoopCatalog {

  /** For engines that load a catalog by its class name, and then configure and initialize it. */
  public CautiousCatalog() {}

  public CautiousCatalog(Configuration hadoop, URI warehouse) {
    super(hadoop, warehouse.toString());
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier table) {
    return new CautiousOperations(
        location(table), new SyncedFileIO(getConf()), getConf(), LockManagers.defaultLockManager());
  }

  /**
   * The table; empty only where a listing that succeeded shows that it was never created. Iceberg
   * takes a table whose files it failed to list for one that does not exist. Created a second time,
   * it would be empty and its offsets forgotten.
   *
   * @throws IOException when the table exists but cannot be loaded
   */
  public Optional<Table> find(TableIdentifier table) throws IOException {
    try {
      return Optional.of(loadTable(table));
    } catch (NoSuchTableException e) {
      if (wasCreated(table)) {
        throw new IOException("%s exists but cannot be loaded".formatted(location(table)), e);
      }
      return Optional.empty();
    }
  }

  private boolean wasCreated(TableIdentifier table) throws IOException {
    Path metadata = new Path(location(table), "metadata");
    try {
      FileStatus[] files = metadata.getFileSystem(getConf()).listStatus(metadata);
      return Arrays.stream(files).anyMatch(file -> file.getPath().getName().startsWith("v"));
    } catch (FileNotFoundException neverCreated) {
      return false;
    }
  }

  private Path location(TableIdentifier table) {
    return new Path(defaultWarehouseLocation(table));
  }
}
