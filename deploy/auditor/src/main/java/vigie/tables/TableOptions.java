// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.CatalogAddress;
import vigie.warehouse.ClusterSettings;

/** Where the tables are, and the catalog that points to their metadata. */
public final class TableOptions {

  private static final String PASSWORD = "VIGIE_ARCHIVE_CATALOG_PASSWORD";

  @Option(
      names = "--warehouse",
      paramLabel = "URL",
      defaultValue = "${env:VIGIE_ARCHIVE_WAREHOUSE}",
      description = {"Where the tables are.", "Default: ${DEFAULT-VALUE}"})
  private URI warehouse;

  @Option(
      names = "--hadoop-conf",
      paramLabel = "DIR",
      defaultValue = "${env:HADOOP_CONF_DIR}",
      description = {
        "The folder of core-site.xml and hdfs-site.xml, where the URL",
        "alone does not lead to HDFS. Default: ${env:HADOOP_CONF_DIR:-none}"
      })
  private Path hadoop;

  @Option(
      names = "--catalog",
      paramLabel = "URL",
      defaultValue = "${env:VIGIE_ARCHIVE_CATALOG_URL}",
      description = {
        "The database that points to the tables' metadata,",
        "jdbc:postgresql://host:port/catalog. Default: ${DEFAULT-VALUE}"
      })
  private String catalog;

  @Option(
      names = "--catalog-user",
      paramLabel = "ROLE",
      defaultValue = "${env:VIGIE_ARCHIVE_CATALOG_USER:-" + CatalogAddress.USER + "}",
      description = {"The role that owns the database.", "Default: ${DEFAULT-VALUE}"})
  private String user;

  @Option(
      names = "--catalog-password-file",
      paramLabel = "FILE",
      description = {
        "A file with its password. Default: the variable",
        PASSWORD,
        "holds the password itself."
      })
  private Path passwordFile;

  /** The catalog as it is now; the caller closes it. */
  public ArchiveCatalog open() {
    // Not for picocli to require: it would, of a command, what its subcommand is given.
    if (warehouse == null || catalog == null) {
      throw new IllegalArgumentException("--warehouse and --catalog are needed");
    }
    Configuration settings = new Configuration();
    if (hadoop != null) {
      settings.addResource(ClusterSettings.in(hadoop));
    }
    // An operator waits seconds for a NameNode that is gone, not minutes.
    settings.setInt("ipc.client.connect.timeout", 5_000);
    settings.setInt("ipc.client.connect.max.retries", 3);
    settings.setInt("ipc.client.connect.max.retries.on.timeouts", 1);
    return ArchiveCatalog.open(settings, warehouse, new CatalogAddress(catalog, user, password()));
  }

  private String password() {
    if (passwordFile != null) {
      try {
        return Files.readString(passwordFile).strip();
      } catch (IOException e) {
        throw new UncheckedIOException(passwordFile + " cannot be read", e);
      }
    }
    String password = System.getenv(PASSWORD);
    if (password == null) {
      throw new IllegalStateException(
          "the catalog's password is in neither --catalog-password-file nor " + PASSWORD);
    }
    return password;
  }
}
