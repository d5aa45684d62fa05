// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/**
 * Iceberg's JDBC catalog, in PostgreSQL, with synced files and commits whose lost answers are not
 * taken for refusals. Every engine that knows Iceberg's JDBC catalog can read the tables. Only this
 * class may commit to them. Safe for use by several threads.
 */
public final class ArchiveCatalog extends JdbcCatalog {

  /** The name of the catalog in its own rows, for engines that bring a JDBC catalog. */
  public static final String NAME = TablePointers.CATALOG;

  static final String NO_ANSWER = "The catalog of the archive, in PostgreSQL, does not answer";

  /**
   * Set by an engine after construction and before initialization, which builds the files of it.
   */
  private final AtomicReference<Configuration> hadoop;

  private final AtomicReference<UnrepeatedConnections> connections;
  private final AtomicReference<SyncedFileIO> files;

  /** For engines that load a catalog by its class name, and then configure and initialize it. */
  public ArchiveCatalog() {
    this(new AtomicReference<>(), new AtomicReference<>(), new AtomicReference<>());
  }

  private ArchiveCatalog(
      AtomicReference<Configuration> hadoop,
      AtomicReference<UnrepeatedConnections> connections,
      AtomicReference<SyncedFileIO> files) {
    super(
        properties -> files(hadoop, files), properties -> connect(properties, connections), false);
    this.hadoop = hadoop;
    this.connections = connections;
    this.files = files;
  }

  /**
   * A catalog that is ready for use.
   *
   * @throws UncheckedSQLException when PostgreSQL does not answer
   */
  public static ArchiveCatalog open(Configuration hadoop, URI warehouse, CatalogAddress address) {
    ArchiveCatalog catalog = new ArchiveCatalog();
    catalog.setConf(hadoop);
    catalog.initialize(NAME, address.properties(warehouse));
    return catalog;
  }

  private static FileIO files(
      AtomicReference<Configuration> hadoop, AtomicReference<SyncedFileIO> files) {
    files.set(new SyncedFileIO(hadoop.get()));
    return files.get();
  }

  /** Makes the tables of the catalog before Iceberg does: two processes at once fail in its way. */
  private static UnrepeatedConnections connect(
      Map<String, String> properties, AtomicReference<UnrepeatedConnections> connections) {
    UnrepeatedConnections made = new UnrepeatedConnections(properties);
    try {
      new TablePointers(made).makeSchema();
    } catch (SQLException e) {
      throw new UncheckedSQLException(e, NO_ANSWER);
    }
    connections.set(made);
    return made;
  }

  @Override
  public void setConf(Object conf) {
    super.setConf(conf);
    hadoop.set((Configuration) conf);
  }

  /**
   * @param name is what an engine calls the catalog, and not its name in the rows
   */
  @Override
  public void initialize(String name, Map<String, String> properties) {
    super.initialize(NAME, properties);
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier table) {
    return new ArchiveTableOperations(pointers(), table, files.get());
  }

  /**
   * The table; empty only where it was never made. A table that has metadata on HDFS and no row in
   * the catalog is not a new one: made a second time, it would be empty and its offsets forgotten.
   *
   * @throws IOException when the table was made but cannot be loaded
   */
  public Optional<Table> find(TableIdentifier table) throws IOException {
    return switch (state(table)) {
      case ABSENT -> Optional.empty();
      case REGISTERED -> Optional.of(load(table));
      case OF_HADOOP_CATALOG ->
          throw new IOException(
              "%s is in a HadoopCatalog; archive-service registers it when it starts"
                  .formatted(table));
      case WITHOUT_ROW -> throw withoutRow(table);
    };
  }

  /**
   * The same; registers the table first if it is in a HadoopCatalog. What wrote to it by that one
   * is stopped.
   */
  public Optional<Table> findOrRegister(TableIdentifier table) throws IOException {
    if (state(table) == State.OF_HADOOP_CATALOG) {
      new Registration(pointers(), table, folder(table), files.get()).register();
    }
    return find(table);
  }

  /** Where a table's metadata files are, and what points to the newest; for repairs. */
  public CatalogEntry entry(TableIdentifier table) throws IOException {
    return new CatalogEntry(pointers(), table, folder(table), files.get());
  }

  private enum State {
    ABSENT,
    REGISTERED,
    OF_HADOOP_CATALOG,
    WITHOUT_ROW
  }

  /** The row is asked for again at the end: a table may be registered meanwhile. */
  private State state(TableIdentifier table) throws IOException {
    if (hasRow(table)) {
      return State.REGISTERED;
    }
    MetadataFolder folder = folder(table);
    List<MetadataFile> all = folder.list();
    Optional<MetadataFile> newest = MetadataFolder.newestOfHadoopCatalog(all);
    boolean fenced = newest.isPresent() && folder.isFence(newest.get());
    boolean committed = all.stream().anyMatch(MetadataFile::isCommitOfCatalog);
    if (hasRow(table)) {
      return State.REGISTERED;
    }
    if (newest.isPresent() && !(fenced && committed)) {
      return State.OF_HADOOP_CATALOG;
    }
    return committed ? State.WITHOUT_ROW : State.ABSENT;
  }

  private boolean hasRow(TableIdentifier table) {
    try {
      return pointers().read(table).isPresent();
    } catch (SQLException e) {
      throw new UncheckedSQLException(e, NO_ANSWER);
    }
  }

  private Table load(TableIdentifier table) throws IOException {
    try {
      return loadTable(table);
    } catch (NotFoundException e) {
      throw new IOException(
          "The catalog points %s to a file that HDFS does not have; deploy/restore catalog finds the"
                  .formatted(table)
              + " newest one",
          e);
    } catch (NoSuchTableException e) {
      throw new IOException("%s was removed from the catalog just now".formatted(table), e);
    }
  }

  private IOException withoutRow(TableIdentifier table) {
    return new IOException(
        "%s has metadata in %s and no row in the catalog, which was lost or is another one;"
                .formatted(table, defaultWarehouseLocation(table))
            + " deploy/restore catalog registers the newest");
  }

  private MetadataFolder folder(TableIdentifier table) throws IOException {
    Path path = new Path(defaultWarehouseLocation(table), "metadata");
    return new MetadataFolder(path.getFileSystem(hadoop.get()), path);
  }

  private TablePointers pointers() {
    return new TablePointers(connections.get());
  }
}
