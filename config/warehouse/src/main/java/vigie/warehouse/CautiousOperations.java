// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.LockManager;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.hadoop.HadoopTableOperations;
import org.apache.iceberg.io.FileIO;

/**
 * Table operations that never take a lost answer for a refusal.
 *
 * <p>A commit is one rename on the NameNode. When the connection breaks or times out after the
 * request was sent, the rename may have happened, or may happen once a frozen NameNode goes on.
 * Iceberg reports that as a failed commit, repeats it, and at the end deletes the manifests of all
 * its attempts: those of the published one too, after which the table cannot be read. Called
 * unknown, the outcome is neither repeated nor cleaned up.
 */
final class CautiousOperations extends HadoopTableOperations {

  CautiousOperations(Path location, FileIO files, Configuration hadoop, LockManager locks) {
    super(location, files, hadoop, locks);
  }

  @Override
  public void commit(TableMetadata base, TableMetadata metadata) {
    try {
      super.commit(base, metadata);
    } catch (CommitFailedException e) {
      if (e.getCause() instanceof IOException) {
        throw new CommitStateUnknownException("No answer from the file system", e);
      }
      throw e;
    }
  }
}
