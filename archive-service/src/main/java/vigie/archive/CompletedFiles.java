// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.time.Instant;
import java.util.List;
import org.apache.iceberg.DataFile;

/**
 * Files that are complete but belong to no snapshot yet.
 *
 * @param begun when the first of them was created, or before
 */
record CompletedFiles(List<DataFile> files, Instant begun) {

  long rows() {
    return files.stream().mapToLong(DataFile::recordCount).sum();
  }
}
