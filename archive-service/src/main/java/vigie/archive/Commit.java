// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.StringJoiner;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import vigie.archive.OffsetLedger.Advance;
import vigie.warehouse.ArchivedOffsets;
import vigie.warehouse.CommitDeadline;

/**
 * Files and the offsets they reach, published together or not at all.
 *
 * <p>Iceberg repeats a transaction whose base another writer replaced: it loads the new metadata
 * and applies each update to it again. A check made beforehand would then be out of date. The check
 * is therefore part of the append and runs each time the append is applied; as the append is the
 * transaction's first update, the properties that the transaction shows at that moment are those of
 * the very metadata that the commit replaces.
 */
final class Commit {

  private final Transaction transaction;

  Commit(Table table, CompletedFiles completed, Map<Integer, Advance> advances) {
    transaction = table.newTransaction();
    AppendFiles append = transaction.newAppend();
    completed.files().forEach(append::appendFile);
    Instant deadline = completed.begun().plus(CommitDeadline.AFTER_CREATION);
    append.validateWith(new StillRight(transaction.table(), advances, deadline));
    append.commit();

    UpdateProperties offsets = transaction.updateProperties();
    advances.forEach(
        (partition, advance) -> {
          String next = Long.toString(advance.to());
          offsets.set(ArchivedOffsets.next(partition), next);
          if (advance.from().isEmpty()) {
            offsets.set(ArchivedOffsets.first(partition), next);
          }
        });
    offsets.commit();
  }

  /**
   * @throws org.apache.iceberg.exceptions.ValidationException when a partition's offset in the
   *     table is not where these files begin, or the files are so old that maintenance may have
   *     taken them for orphans; nothing was published
   * @throws org.apache.iceberg.exceptions.CommitStateUnknownException when only the table can tell
   */
  void publish() {
    transaction.commitTransaction();
  }

  private record StillRight(Table current, Map<Integer, Advance> advances, Instant deadline)
      implements SnapshotAncestryValidator {

    @Override
    public boolean validate(Iterable<Snapshot> ancestry) {
      return isInTime()
          && advances.entrySet().stream()
              .allMatch(entry -> archived(entry.getKey()).equals(entry.getValue().from()));
    }

    @Override
    public String errorMessage() {
      if (!isInTime()) {
        return "these files had to be committed before %s; by now they may be gone as orphans"
            .formatted(deadline);
      }
      StringJoiner moved = new StringJoiner("; ");
      advances.forEach(
          (partition, advance) -> {
            OptionalLong archived = archived(partition);
            if (!archived.equals(advance.from())) {
              moved.add(
                  "partition %d is archived up to %s, these files begin at %s"
                      .formatted(partition, text(archived), text(advance.from())));
            }
          });
      return moved.toString();
    }

    private boolean isInTime() {
      return Instant.now().isBefore(deadline);
    }

    private OptionalLong archived(int partition) {
      return ArchivedOffsets.nextIn(current.properties(), partition);
    }

    private static String text(OptionalLong offset) {
      return offset.isPresent() ? Long.toString(offset.getAsLong()) : "nothing";
    }
  }
}
