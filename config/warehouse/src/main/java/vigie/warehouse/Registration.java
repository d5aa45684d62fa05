// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/**
 * Takes a table over from a HadoopCatalog, once. First a file that is no metadata takes the name of
 * the version that comes next: old writers cannot publish any more, and whatever opens the table in
 * the old way fails. Only then is the version before it final, and becomes the table's row.
 *
 * <p>Several processes may do so at once, and any of them may be killed in between: the next one
 * finds the fence and registers the version before it.
 */
record Registration(
    TablePointers pointers, TableIdentifier table, MetadataFolder folder, FileIO files) {

  void register() throws IOException {
    MetadataFile newest = newest();
    while (!folder.isFence(newest)) {
      // Fails for a damaged file: it is no fence, and not to be passed over.
      Object unused = TableMetadataParser.read(files, newest.path().toString());
      // False when a writer published this version meanwhile: that is the newest now.
      boolean unusedToo = folder.fence(newest.version() + 1);
      newest = newest();
    }
    folder.deleteUnpublished();
    String last = version(newest.version() - 1).path().toString();
    try {
      // False when another process was faster: it registers the same version.
      boolean unused = pointers.create(table, last);
    } catch (SQLException e) {
      throw new UncheckedSQLException(e, ArchiveCatalog.NO_ANSWER);
    }
  }

  private MetadataFile newest() throws IOException {
    return MetadataFolder.newestOfHadoopCatalog(folder.list()).orElseThrow();
  }

  private MetadataFile version(int version) throws IOException {
    List<MetadataFile> all = folder.list();
    return all.stream()
        .filter(file -> file.ofHadoopCatalog() && file.version() == version)
        .findAny()
        .orElseThrow(
            () ->
                new IOException(
                    "%s has no version %d in %s".formatted(table, version, folder.path())));
  }
}
