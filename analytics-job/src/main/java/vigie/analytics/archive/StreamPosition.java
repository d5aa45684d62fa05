// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;

/**
 * How far a table's stream is read, as Iceberg writes it to a checkpoint.
 *
 * @param snapshotId -1 where the table had no snapshot
 * @param files of those that the snapshot added, how many are read
 */
public record StreamPosition(long snapshotId, long files) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Behind all that the table holds now. */
  static StreamPosition endOf(Table table) {
    Snapshot last = table.currentSnapshot();
    if (last == null) {
      return new StreamPosition(-1, -1);
    }
    String added = last.summary().getOrDefault(SnapshotSummary.ADDED_FILES_PROP, "0");
    return new StreamPosition(last.snapshotId(), Long.parseLong(added));
  }

  public static StreamPosition parse(String json) {
    try {
      JsonNode offset = JSON.readTree(json);
      return new StreamPosition(
          offset.required("snapshot_id").asLong(), offset.required("position").asLong());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not an offset of Iceberg: " + json, e);
    }
  }

  public boolean isInSnapshot() {
    return snapshotId >= 0;
  }

  public String json() {
    return JSON.createObjectNode()
        .put("version", 1)
        .put("snapshot_id", snapshotId)
        .put("position", files)
        .put("scan_all_files", false)
        .toString();
  }
}
