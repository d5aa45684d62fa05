// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.erasure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.apache.iceberg.BaseFileScanTask;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.ResidualEvaluator;
import org.apache.iceberg.spark.ScanTaskSetManager;
import org.apache.iceberg.spark.SparkTableCache;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The data files that any snapshot of a table names, each once. Snapshots share most of their
 * files: reading the table as of each of them would read these again and again.
 *
 * @param filter files that cannot hold such a row are left out
 */
record RetainedFiles(Table table, Expression filter) {

  /**
   * Calls {@code query} with the rows of these files; 0 when there is no such file.
   *
   * @param query has to be done with the rows when it returns
   */
  long read(SparkSession spark, ToLongFunction<Dataset<Row>> query) {
    List<FileScanTask> files = files();
    if (files.isEmpty()) {
      return 0;
    }
    // Iceberg's own way to read files that no snapshot has together: its compaction does the same.
    String set = UUID.randomUUID().toString();
    SparkTableCache.get().add(set, table);
    ScanTaskSetManager.get().stageTasks(table, set, files);
    try {
      return query.applyAsLong(spark.read().format("iceberg").load(set));
    } finally {
      ScanTaskSetManager.get().removeTasks(table, set);
      SparkTableCache.get().remove(set);
    }
  }

  private List<FileScanTask> files() {
    Map<String, FileScanTask> files = new HashMap<>();
    for (ManifestFile manifest : manifests()) {
      try (ManifestReader<DataFile> live =
          ManifestFiles.read(manifest, table.io(), table.specs()).filterRows(filter)) {
        for (DataFile file : live) {
          files.computeIfAbsent(file.location(), location -> task(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(manifest.path() + " cannot be closed", e);
      }
    }
    return List.copyOf(files.values());
  }

  private Set<ManifestFile> manifests() {
    Set<ManifestFile> manifests = new HashSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      manifests.addAll(snapshot.dataManifests(table.io()));
    }
    return manifests;
  }

  private FileScanTask task(DataFile file) {
    return new BaseFileScanTask(
        file,
        new DeleteFile[0],
        SchemaParser.toJson(table.schema()),
        PartitionSpecParser.toJson(table.specs().get(file.specId())),
        ResidualEvaluator.unpartitioned(filter));
  }
}
