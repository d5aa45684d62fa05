// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.spark;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/**
 * A trigger of the query that found nothing new in the tables, so that it ran no batch.
 *
 * @param batchId the last batch that is completed
 * @param began before the query read where the tables end
 */
public record IdleTrigger(UUID queryId, long batchId, Instant began) {

  /** Spark times this step of each trigger that runs a batch. */
  private static final String RUNS_A_BATCH = "addBatch";

  /** The query's last trigger; empty if it ran a batch, or none has ended yet. */
  public static Optional<IdleTrigger> lastOf(StreamingQuery query) {
    return Optional.ofNullable(query.lastProgress()).flatMap(IdleTrigger::of);
  }

  /** Spark gives a trigger without a batch the number of the batch that is to come. */
  private static Optional<IdleTrigger> of(StreamingQueryProgress progress) {
    return progress.durationMs().containsKey(RUNS_A_BATCH)
        ? Optional.empty()
        : Optional.of(
            new IdleTrigger(
                progress.id(), progress.batchId() - 1, Instant.parse(progress.timestamp())));
  }
}
