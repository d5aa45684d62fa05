// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.kafka;

import java.util.List;
import java.util.concurrent.CompletionStage;
import vigie.ingest.event.RecordOutcome;

/** Where accepted events go. */
public interface EventSink {

  /**
   * Appends the events in their order and never blocks. The stage succeeds when all of them are
   * kept, and fails when that is not known of one; then the whole may be appended again.
   */
  CompletionStage<Void> append(List<RecordOutcome.Accepted> events);
}
