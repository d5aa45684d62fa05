// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.TableMetadata;

/**
 * A metadata file of a table, by its name. One count goes on through both forms of name, so that of
 * all files of a table that were ever current the one with the greatest version is the newest.
 *
 * @param ofHadoopCatalog {@code v12.metadata.json}; otherwise {@code 00012-<uuid>.metadata.json}
 */
record MetadataFile(Path path, int version, boolean ofHadoopCatalog) {

  static final Comparator<MetadataFile> BY_VERSION = Comparator.comparingInt(MetadataFile::version);

  private static final Pattern OF_HADOOP_CATALOG =
      Pattern.compile("v(\\d+)(\\.gz)?\\.metadata\\.json(\\.gz)?");

  private static final Pattern OF_CATALOG =
      Pattern.compile(
          "(\\d+)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(\\.gz)?\\.metadata\\.json");

  /** Empty for manifests, hints, and what a writer has not published. */
  static Optional<MetadataFile> of(Path path) {
    Matcher ofHadoopCatalog = OF_HADOOP_CATALOG.matcher(path.getName());
    if (ofHadoopCatalog.matches()) {
      return Optional.of(new MetadataFile(path, Integer.parseInt(ofHadoopCatalog.group(1)), true));
    }
    Matcher ofCatalog = OF_CATALOG.matcher(path.getName());
    return ofCatalog.matches()
        ? Optional.of(new MetadataFile(path, Integer.parseInt(ofCatalog.group(1)), false))
        : Optional.empty();
  }

  /** Whether the table was there before it was written: the first file of a table has version 0. */
  boolean isCommitOfCatalog() {
    return !ofHadoopCatalog && version > 0;
  }

  /** The version of what is committed on top of {@code base}; 0 where that is nothing. */
  static int versionAfter(TableMetadata base) {
    if (base == null) {
      return 0;
    }
    Path path = new Path(base.metadataFileLocation());
    return of(path)
            .orElseThrow(() -> new IllegalStateException(path + " has no version in its name"))
            .version()
        + 1;
  }
}
