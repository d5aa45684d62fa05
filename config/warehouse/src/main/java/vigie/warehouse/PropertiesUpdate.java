// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.util.Tasks;

/**
 * Changes a table's properties by what they are. Iceberg's own update sets values that were found
 * before on whatever metadata is newest; here the very metadata that is read is replaced.
 */
public final class PropertiesUpdate {

  private static final int RETRIES = 20;
  private static final int MIN_WAIT_MILLIS = 50;
  private static final int MAX_WAIT_MILLIS = 2_000;
  private static final int TOTAL_MILLIS = 60_000;

  private PropertiesUpdate() {}

  /**
   * Commits what {@code change} makes of the properties; nothing where that is the same.
   *
   * @param change is called again when a writer was faster
   */
  public static void commit(Table table, UnaryOperator<Map<String, String>> change) {
    TableOperations operations = ((HasTableOperations) table).operations();
    Tasks.foreach(operations)
        .retry(RETRIES)
        .exponentialBackoff(MIN_WAIT_MILLIS, MAX_WAIT_MILLIS, TOTAL_MILLIS, 2.0)
        .onlyRetryOn(CommitFailedException.class)
        .run(
            current -> {
              TableMetadata base = current.refresh();
              Map<String, String> changed = change.apply(base.properties());
              if (!changed.equals(base.properties())) {
                current.commit(base, base.replaceProperties(changed));
              }
            });
    table.refresh();
  }
}
