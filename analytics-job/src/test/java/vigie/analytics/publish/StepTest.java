// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StepTest {

  private static final UUID QUERY = new UUID(1, 1);
  private static final UUID OTHER = new UUID(2, 2);

  @Test
  void batchesOfAQueryAreAddedOneByOne() {
    assertEquals(Step.NEXT, Step.of(published(QUERY, 6), QUERY, 7));
  }

  @Test
  void theLastBatchAgainAddsNothing() {
    assertEquals(Step.REPEATED, Step.of(published(QUERY, 7), QUERY, 7));
  }

  @Test
  void theFirstBatchOfANewQueryReplacesAll() {
    assertEquals(Step.FIRST, Step.of(Optional.empty(), QUERY, 0));
    assertEquals(Step.FIRST, Step.of(published(OTHER, 7), QUERY, 0));
  }

  @Test
  void aGapIsNeverAdded() {
    assertEquals(Step.BROKEN, Step.of(published(QUERY, 7), QUERY, 9));
    assertEquals(Step.BROKEN, Step.of(published(QUERY, 7), QUERY, 6));
    assertEquals(Step.BROKEN, Step.of(published(OTHER, 6), QUERY, 7));
    assertEquals(Step.BROKEN, Step.of(Optional.empty(), QUERY, 7));
  }

  private static Optional<Step.Last> published(UUID query, long batch) {
    return Optional.of(new Step.Last(query, batch));
  }
}
