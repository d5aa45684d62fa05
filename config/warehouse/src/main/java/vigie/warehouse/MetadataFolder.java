// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;

/**
 * The folder of a table's metadata files.
 *
 * @param path may not exist
 */
record MetadataFolder(FileSystem files, Path path) {

  /**
   * No JSON, so that a reader that takes it for metadata fails. The text is for people who find it
   * in an error of an old version.
   */
  private static final String FENCE =
      "This table is no longer in a HadoopCatalog: its catalog is in PostgreSQL now.\n";

  /** In which no removal of orphans sees a file that is old enough. */
  private static final Instant NEVER_OLD = Instant.parse("2100-01-01T00:00:00Z");

  private static final Pattern UNPUBLISHED =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.metadata\\.json");

  /** Every metadata file; none where the folder does not exist. */
  List<MetadataFile> list() throws IOException {
    return Arrays.stream(statuses())
        .map(FileStatus::getPath)
        .map(MetadataFile::of)
        .flatMap(Optional::stream)
        .toList();
  }

  /** The newest that a HadoopCatalog knows. */
  static Optional<MetadataFile> newestOfHadoopCatalog(List<MetadataFile> all) {
    return all.stream().filter(MetadataFile::ofHadoopCatalog).max(MetadataFile.BY_VERSION);
  }

  boolean isFence(MetadataFile file) throws IOException {
    byte[] fence = FENCE.getBytes(UTF_8);
    try (FSDataInputStream in = files.open(file.path())) {
      return Arrays.equals(fence, in.readNBytes(fence.length));
    }
  }

  /**
   * Puts a file where a HadoopCatalog's next version would be, so that no writer of one can publish
   * it and no reader gets past it. The rename fails where the name is taken, on HDFS atomically.
   *
   * @return false when a writer was faster
   */
  boolean fence(int version) throws IOException {
    Path fence = new Path(path, "v%d.metadata.json".formatted(version));
    Path written = new Path(path, "fence-" + UUID.randomUUID());
    write(written, FENCE);
    files.setTimes(written, NEVER_OLD.toEpochMilli(), -1);
    boolean put = !files.exists(fence) && files.rename(written, fence);
    if (!put) {
      files.delete(written, false);
    }
    return put;
  }

  /**
   * Takes away what writers of a HadoopCatalog have written and not yet renamed. One that slept
   * while its next version was made and deleted again would find that name free.
   */
  void deleteUnpublished() throws IOException {
    for (FileStatus file : statuses()) {
      if (UNPUBLISHED.matcher(file.getPath().getName()).matches()) {
        files.delete(file.getPath(), false);
      }
    }
  }

  /** As the newest version, behind every other one and the fence. */
  Path publishToHadoopCatalog(TableMetadata metadata) throws IOException {
    int version =
        Math.max(
            MetadataFile.versionAfter(metadata),
            newestOfHadoopCatalog(list()).map(MetadataFile::version).orElse(0) + 1);
    Path published = new Path(path, "v%d.metadata.json".formatted(version));
    Path written = new Path(path, "export-" + UUID.randomUUID());
    write(written, TableMetadataParser.toJson(metadata));
    if (files.exists(published) || !files.rename(written, published)) {
      throw new IOException(published + " was made by another process");
    }
    Path hint = new Path(path, "version-hint.text");
    files.delete(hint, false);
    write(hint, Integer.toString(version));
    return published;
  }

  private void write(Path file, String text) throws IOException {
    try (FSDataOutputStream out = files.create(file, false)) {
      out.write(text.getBytes(UTF_8));
      out.hsync();
    }
  }

  private FileStatus[] statuses() throws IOException {
    try {
      return files.listStatus(path);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }
}
