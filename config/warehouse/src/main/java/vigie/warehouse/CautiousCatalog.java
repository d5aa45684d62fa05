// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
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

  /** The folder of a table, whether it exists or not. */
  public Path location(TableIdentifier table) {
    return new Path(defaultWarehouseLocation(table));
  }
}
