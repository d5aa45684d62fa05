// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/** A table's row in the catalog beside what HDFS has of the table, for operators. */
public final class CatalogEntry {

  private final TablePointers pointers;
  private final TableIdentifier table;
  private final MetadataFolder folder;
  private final FileIO files;

  CatalogEntry(TablePointers pointers, TableIdentifier table, MetadataFolder folder, FileIO files) {
    this.pointers = pointers;
    this.table = table;
    this.folder = folder;
    this.files = files;
  }

  /**
   * Metadata that no other metadata names as an earlier version of itself.
   *
   * @param commits that are in its log, or are it, and not in the log of the longest one
   */
  public record Leaf(String file, int version, TableMetadata metadata, int commits) {}

  /** Where the catalog says that the table's metadata are. */
  public Optional<String> location() {
    try {
      return pointers.read(table);
    } catch (SQLException e) {
      throw new UncheckedSQLException(e, ArchiveCatalog.NO_ANSWER);
    }
  }

  /**
   * The leaf of the longest log first, then those that could be the table as well. A single commit
   * on top of metadata that others have gone on from is left out: its writer was killed, or
   * refused, before the pointer moved.
   */
  public List<Leaf> leaves() throws IOException {
    List<MetadataFile> newestFirst =
        folder.list().stream().sorted(MetadataFile.BY_VERSION.reversed()).toList();
    Set<String> named = new HashSet<>();
    List<Leaf> leaves = new ArrayList<>();
    for (MetadataFile file : newestFirst) {
      if (named.contains(file.path().getName())
          || (file.ofHadoopCatalog() && folder.isFence(file))
          || (!leaves.isEmpty() && isBeforeLog(file, leaves.get(0)))) {
        continue;
      }
      Optional<TableMetadata> read = read(file);
      if (read.isPresent()) {
        Leaf leaf = leaf(file, read.get(), named);
        if (leaves.isEmpty() || leaf.commits() > 1 || leaf.version() == leaves.get(0).version()) {
          leaves.add(leaf);
        }
        log(read.get()).forEach(named::add);
      }
    }
    return leaves;
  }

  /** Empty for a file that a killed writer left half written. */
  private Optional<TableMetadata> read(MetadataFile file) {
    try {
      return Optional.of(TableMetadataParser.read(files, file.path().toString()));
    } catch (RuntimeIOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Leaf leaf(MetadataFile file, TableMetadata metadata, Set<String> named) {
    long own = log(metadata).stream().filter(earlier -> !named.contains(earlier)).count();
    return new Leaf(file.path().toString(), file.version(), metadata, Math.toIntExact(own) + 1);
  }

  private static boolean isBeforeLog(MetadataFile file, Leaf longest) {
    return file.version() < longest.version() - longest.metadata().previousFiles().size();
  }

  private static List<String> log(TableMetadata metadata) {
    return metadata.previousFiles().stream()
        .map(entry -> new Path(entry.file()).getName())
        .toList();
  }

  /**
   * Makes the table go on from this metadata file.
   *
   * @param from what {@link #location} said
   * @return false when that is no longer so
   */
  public boolean pointTo(String file, Optional<String> from) {
    try {
      return from.isPresent()
          ? pointers.move(table, from.get(), file)
          : pointers.create(table, file);
    } catch (SQLException e) {
      throw new UncheckedSQLException(e, ArchiveCatalog.NO_ANSWER);
    }
  }

  /**
   * Gives the table back to a HadoopCatalog: takes its row away, so that no writer of the catalog
   * can commit, then writes what it pointed to where a HadoopCatalog finds it.
   *
   * @return the metadata that a HadoopCatalog goes on from
   */
  public String export() throws IOException {
    Optional<String> location = location();
    while (location.isPresent()) {
      TableMetadata metadata = TableMetadataParser.read(files, location.get());
      if (remove(location.get())) {
        return folder.publishToHadoopCatalog(metadata).toString();
      }
      location = location();
    }
    throw new IOException("%s is not in the catalog".formatted(table));
  }

  private boolean remove(String location) {
    try {
      return pointers.remove(table, location);
    } catch (SQLException e) {
      throw new UncheckedSQLException(e, ArchiveCatalog.NO_ANSWER);
    }
  }
}
