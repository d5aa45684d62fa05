// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import vigie.warehouse.CautiousCatalog;
import vigie.warehouse.ClusterSettings;

/** The Iceberg tables on HDFS. */
final class Warehouse implements AutoCloseable {

  private final CautiousCatalog catalog;

  Warehouse(URI location, Optional<Path> settings) {
    Configuration hadoop = new Configuration();
    settings.map(ClusterSettings::in).ifPresent(hadoop::addResource);
    // Whoever asks waits seconds for a NameNode that is gone, not minutes.
    hadoop.setInt("ipc.client.connect.timeout", 5_000);
    hadoop.setInt("ipc.client.connect.max.retries", 3);
    hadoop.setInt("ipc.client.connect.max.retries.on.timeouts", 1);
    catalog = new CautiousCatalog(hadoop, location);
  }

  /** As it is now; empty when archive-service never made it. */
  Optional<Table> table(ArchivedTopic archived) throws IOException {
    return catalog.find(archived.identifier());
  }

  @Override
  public void close() throws IOException {
    catalog.close();
  }
}
