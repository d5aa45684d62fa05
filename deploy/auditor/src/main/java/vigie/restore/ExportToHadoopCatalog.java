// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.restore;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.apache.iceberg.catalog.TableIdentifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vigie.tables.TableOptions;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.CatalogEntry;

/** The only way back to a version of Vigie that has no catalog in PostgreSQL. */
@Command(
    name = "hadoop-catalog",
    mixinStandardHelpOptions = true,
    description = {
      "Gives tables back to a HadoopCatalog, for a version of Vigie that has no catalog in"
          + " PostgreSQL.",
      "Stop archive-service and analytics-job first: a running archive-service registers the tables",
      "again.",
      ""
    })
final class ExportToHadoopCatalog implements Callable<Integer> {

  @Mixin private TableOptions tables;

  @Mixin private TableNames names;

  private final PrintStream out;

  ExportToHadoopCatalog(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    try (ArchiveCatalog catalog = tables.open()) {
      for (TableIdentifier table : names.identifiers()) {
        CatalogEntry entry = catalog.entry(table);
        if (entry.location().isEmpty()) {
          out.printf("%s: is not in the catalog%n", table);
        } else {
          out.printf("%s: a HadoopCatalog goes on from %s%n", table, entry.export());
        }
      }
    }
    return 0;
  }
}
