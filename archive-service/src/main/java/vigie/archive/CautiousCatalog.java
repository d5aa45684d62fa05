// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.util.LockManagers;

/** A HadoopCatalog whose files are synced and whose lost answers are not taken for refusals. */
final class CautiousCatalog extends HadoopCatalog {

  private final SyncedFileIO files;

  CautiousCatalog(Configuration hadoop, URI warehouse) {
    super(hadoop, warehouse.toString());
    files = new SyncedFileIO(hadoop);
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier table) {
    return new CautiousOperations(
        location(table), files, getConf(), LockManagers.defaultLockManager());
  }

  Path location(TableIdentifier table) {
    return new Path(defaultWarehouseLocation(table));
  }
}
