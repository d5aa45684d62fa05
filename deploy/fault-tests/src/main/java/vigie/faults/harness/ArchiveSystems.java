// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.harness;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import vigie.stack.hdfs.HdfsCluster;
import vigie.stack.hdfs.HdfsTopology;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.postgres.CatalogDatabase;
import vigie.stack.postgres.PostgresServer;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.CatalogAddress;
import vigie.warehouse.ClusterSettings;

/** A Kafka, an HDFS and a PostgreSQL, for the catalog of the archive, of their own. */
public record ArchiveSystems(KafkaNode kafka, HdfsCluster hdfs, PostgresServer postgres)
    implements AutoCloseable {

  public static ArchiveSystems startIn(Path folder, HdfsTopology form) {
    KafkaNode kafka = KafkaNode.startIn(folder.resolve("kafka"));
    HdfsCluster hdfs = HdfsCluster.startIn(folder.resolve("hdfs"), form);
    return new ArchiveSystems(kafka, hdfs, PostgresServer.startIn(folder.resolve("catalog")));
  }

  /** Where archive-service keeps its tables. */
  public String warehouse() {
    return hdfs.url() + "/vigie/warehouse";
  }

  /** What archive-service is given, but for Kafka. */
  public Map<String, String> archiveEnvironment() {
    Map<String, String> environment = new HashMap<>(hdfs.environment());
    environment.putAll(postgres.catalog().environment("VIGIE_ARCHIVE_CATALOG"));
    environment.put("VIGIE_ARCHIVE_WAREHOUSE", warehouse());
    environment.put("VIGIE_ARCHIVE_REPLICATION", Integer.toString(hdfs.dataNodes()));
    return environment;
  }

  /** The tables, as archive-service commits to them. */
  public ArchiveCatalog catalog() {
    return catalog(hdfs, warehouse(), postgres);
  }

  /** The tables of a warehouse that this PostgreSQL has the catalog of. */
  public static ArchiveCatalog catalog(
      HdfsCluster hdfs, String warehouse, PostgresServer postgres) {
    Configuration hadoop = new Configuration();
    hadoop.addResource(ClusterSettings.in(hdfs.clientSettings()));
    CatalogDatabase database = postgres.catalog();
    return ArchiveCatalog.open(
        hadoop,
        URI.create(warehouse),
        new CatalogAddress(database.url(), database.user(), database.password()));
  }

  /** Kills them: they hold nothing that is needed again. */
  @Override
  public void close() {
    hdfs.kill();
    kafka.kill();
    postgres.kill();
  }
}
