// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BatchSequenceTest {

  private static final UUID QUERY = new UUID(1, 1);
  private static final UUID OTHER = new UUID(2, 2);

  @Test
  void batchesOfAQueryAreAddedOneByOne() {
    assertEquals(BatchSequence.NEXT, BatchSequence.of(published(QUERY, 6), QUERY, 7));
  }

  @Test
  void theLastBatchAgainAddsNothing() {
    assertEquals(BatchSequence.REPEATED, BatchSequence.of(published(QUERY, 7), QUERY, 7));
  }

  @Test
  void theFirstBatchOfANewQueryReplacesAll() {
    assertEquals(BatchSequence.FIRST, BatchSequence.of(Optional.empty(), QUERY, 0));
    assertEquals(BatchSequence.FIRST, BatchSequence.of(published(OTHER, 7), QUERY, 0));
  }

  @Test
  void aGapIsNeverAdded() {
    assertEquals(BatchSequence.BROKEN, BatchSequence.of(published(QUERY, 7), QUERY, 9));
    assertEquals(BatchSequence.BROKEN, BatchSequence.of(published(QUERY, 7), QUERY, 6));
    assertEquals(BatchSequence.BROKEN, BatchSequence.of(published(OTHER, 6), QUERY, 7));
    assertEquals(BatchSequence.BROKEN, BatchSequence.of(Optional.empty(), QUERY, 7));
  }

  private static Optional<BatchSequence.Last> published(UUID query, long batch) {
    return Optional.of(new BatchSequence.Last(query, batch));
  }
}
