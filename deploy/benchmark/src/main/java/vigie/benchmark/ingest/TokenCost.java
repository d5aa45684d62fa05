// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.ingest;

import java.io.IOException;
import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;

/**
 * What tokens cost: the same load goes in turns to an ingest-service that asks for them and to one
 * that is open, so that whatever else the machine does meets both alike.
 *
 * @param ratios of a turn with tokens to the one before without
 */
record TokenCost(Measurement open, Measurement guarded, DoubleSummaryStatistics ratios) {

  private static final int TURNS = 6;

  /** Both have to be warm. */
  static TokenCost of(Load open, Load guarded, Duration turn) throws IOException {
    DoubleSummaryStatistics ratios = new DoubleSummaryStatistics();
    Measurement without = open.send(turn);
    Measurement with = guarded.send(turn);
    ratios.accept(with.cost() / without.cost());
    for (int i = 1; i < TURNS; i++) {
      Measurement oneWithout = open.send(turn);
      Measurement oneWith = guarded.send(turn);
      ratios.accept(oneWith.cost() / oneWithout.cost());
      without = without.plus(oneWithout);
      with = with.plus(oneWith);
    }
    return new TokenCost(without, with, ratios);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "with tokens single events cost %.2f times as much processor time as without: %.2f and "
            + "%.2f CPU-s per million, %d turns each, of which the ratios were %.2f to %.2f",
        guarded.cost() / open.cost(),
        guarded.cost(),
        open.cost(),
        ratios.getCount(),
        ratios.getMin(),
        ratios.getMax());
  }
}
