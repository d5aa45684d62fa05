// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.restore;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vigie.tables.TableOptions;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.ArchivedOffsets;
import vigie.warehouse.CatalogEntry;
import vigie.warehouse.CatalogEntry.Leaf;

/** Points the catalog to the newest metadata on HDFS, whatever it points to now. */
@Command(
    name = "catalog",
    mixinStandardHelpOptions = true,
    description = {
      "Points the catalog of the archive to the newest metadata on HDFS.",
      "For a catalog that was lost, or that comes from a backup: no pointer of it is believed. Let it",
      "run before archive-service and analytics-job write by an old pointer.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the catalog points to the newest metadata",
      "1:it does not, and the last lines say why",
      "2:wrong arguments"
    })
final class RestoreCatalog implements Callable<Integer> {

  @Mixin private TableOptions tables;

  @Mixin private TableNames names;

  @Option(
      names = "--metadata",
      paramLabel = "FILE",
      description = {
        "The metadata to go on from, where the command names two and",
        "one table. What only the other has is archived again from",
        "Kafka, if Kafka still has it."
      })
  private Optional<String> chosen = Optional.empty();

  private final PrintStream out;

  RestoreCatalog(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    List<TableIdentifier> identifiers = names.identifiers();
    if (chosen.isPresent() && identifiers.size() != 1) {
      throw new IllegalArgumentException("--metadata is for one table");
    }
    boolean restored = true;
    try (ArchiveCatalog catalog = tables.open()) {
      for (TableIdentifier table : identifiers) {
        restored &= restore(table, catalog.entry(table));
      }
    }
    return restored ? 0 : 1;
  }

  private boolean restore(TableIdentifier table, CatalogEntry entry) throws IOException {
    Optional<String> location = entry.location();
    List<Leaf> leaves = entry.leaves();
    if (leaves.isEmpty()) {
      out.printf("%s: HDFS has no metadata of it%n", table);
      return location.isEmpty();
    }
    Optional<Leaf> newest = newest(leaves);
    if (newest.isEmpty()) {
      out.printf(
          "%s: these go on from the same metadata, and only an operator can choose. Run%n"
              + "  deploy/restore catalog %s --metadata FILE%n",
          table, table.name());
      leaves.forEach(leaf -> out.println("  " + describe(leaf)));
      return false;
    }
    return point(table, entry, location, newest.get());
  }

  private Optional<Leaf> newest(List<Leaf> leaves) {
    if (chosen.isEmpty()) {
      return leaves.size() == 1 ? Optional.of(leaves.get(0)) : Optional.empty();
    }
    return Optional.of(
        leaves.stream()
            .filter(leaf -> name(leaf.file()).equals(name(chosen.get())))
            .findAny()
            .orElseThrow(
                () -> new IllegalArgumentException(chosen.get() + " is not among the newest")));
  }

  /**
   * The newest may be a commit that was never acknowledged, or that happens at this moment. Either
   * is a commit like any other: its files were on disk before its metadata, and a writer that finds
   * the pointer at its own metadata takes the commit for done.
   */
  private boolean point(
      TableIdentifier table, CatalogEntry entry, Optional<String> location, Leaf newest) {
    if (location.isPresent() && name(location.get()).equals(name(newest.file()))) {
      out.printf("%s: the catalog points to %s%n", table, location.get());
      return true;
    }
    boolean pointed = entry.pointTo(newest.file(), location);
    out.printf(
        pointed
            ? "%s: restored to %s%n"
            : "%s: was changed meanwhile; stop archive-service and analytics-job first (%s)%n",
        table,
        describe(newest));
    return pointed;
  }

  private static String describe(Leaf leaf) {
    TableMetadata metadata = leaf.metadata();
    Snapshot snapshot = metadata.currentSnapshot();
    String rows =
        snapshot == null ? "0" : snapshot.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP);
    String offsets =
        ArchivedOffsets.partitionsIn(metadata.properties())
            .sorted()
            .map(
                partition ->
                    partition
                        + ": "
                        + ArchivedOffsets.nextIn(metadata.properties(), partition).orElse(0))
            .collect(Collectors.joining(", "));
    return "%s of %s, %s rows, next offsets {%s}"
        .formatted(
            name(leaf.file()), Instant.ofEpochMilli(metadata.lastUpdatedMillis()), rows, offsets);
  }

  private static String name(String file) {
    return new Path(file).getName();
  }
}
