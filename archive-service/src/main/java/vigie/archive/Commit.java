// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
import vigie.warehouse.Completeness;

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

  /**
   * @param topicId of the topic whose records the files hold
   */
  Commit(
      Table table,
      CompletedFiles completed,
      Optional<String> topicId,
      Map<Integer, Advance> advances) {
    transaction = table.newTransaction();
    AppendFiles append = transaction.newAppend();
    completed.files().forEach(append::appendFile);
    Instant deadline = completed.begun().plus(CommitDeadline.AFTER_CREATION);
    append.validateWith(new StillRight(transaction.table(), topicId, advances, deadline));
    completeness(table.properties(), advances)
        .ifPresent(least -> append.set(Completeness.SUMMARY, least.toString()));
    append.commit();

    UpdateProperties offsets = transaction.updateProperties();
    advances.forEach(
        (partition, advance) -> {
          offsets.set(ArchivedOffsets.next(partition), Long.toString(advance.to()));
          advance
              .leaderEpoch()
              .ifPresent(
                  epoch ->
                      offsets.set(ArchivedOffsets.leaderEpoch(partition), Integer.toString(epoch)));
          advance
              .completeUntil()
              .ifPresent(until -> offsets.set(Completeness.until(partition), until.toString()));
        });
    offsets.commit();
  }

  /**
   * Of other partitions what the table declared: where it declares more by the time of the commit,
   * the snapshot declares too little.
   */
  private static Optional<Completeness> completeness(
      Map<String, String> properties, Map<Integer, Advance> advances) {
    Map<String, String> declared = new HashMap<>(properties);
    advances.forEach(
        (partition, advance) ->
            advance
                .completeUntil()
                .ifPresent(until -> declared.put(Completeness.until(partition), until.toString())));
    return Completeness.in(declared);
  }

  /**
   * @throws org.apache.iceberg.exceptions.ValidationException when the table archives another topic
   *     or another log, when a partition's offset in it is not where these files begin, or when the
   *     files are so old that maintenance may have taken them for orphans; nothing was published
   * @throws org.apache.iceberg.exceptions.CommitStateUnknownException when only the table can tell
   */
  void publish() {
    transaction.commitTransaction();
  }

  private record StillRight(
      Table current, Optional<String> topicId, Map<Integer, Advance> advances, Instant deadline)
      implements SnapshotAncestryValidator {

    @Override
    public boolean validate(Iterable<Snapshot> ancestry) {
      return isInTime()
          && isOfTheTopic()
          && advances.entrySet().stream()
              .allMatch(entry -> follows(entry.getKey(), entry.getValue()));
    }

    @Override
    public String errorMessage() {
      if (!isInTime()) {
        return "these files had to be committed before %s; by now they may be gone as orphans"
            .formatted(deadline);
      }
      if (!isOfTheTopic()) {
        return "the table archives the topic of id %s, these files are of %s"
            .formatted(
                ArchivedOffsets.topicIdIn(current.properties()).orElse("none"),
                topicId.orElse("none"));
      }
      StringJoiner moved = new StringJoiner("; ");
      advances.forEach(
          (partition, advance) -> {
            if (!follows(partition, advance)) {
              moved.add(
                  "partition %d is archived up to %d of log %d, these files begin at %d of log %d"
                      .formatted(
                          partition,
                          archived(partition),
                          epoch(partition),
                          advance.from(),
                          advance.epoch()));
            }
          });
      return moved.toString();
    }

    private boolean isInTime() {
      return Instant.now().isBefore(deadline);
    }

    private boolean isOfTheTopic() {
      return ArchivedOffsets.topicIdIn(current.properties()).equals(topicId);
    }

    private boolean follows(int partition, Advance advance) {
      return archived(partition) == advance.from() && epoch(partition) == advance.epoch();
    }

    private long archived(int partition) {
      return ArchivedOffsets.nextIn(current.properties(), partition).orElse(0);
    }

    private int epoch(int partition) {
      return ArchivedOffsets.epochIn(current.properties(), partition);
    }
  }
}
