// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.ingest;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What tokens cost: the same load goes in turns to an ingest-service that asks for them and to one
 * that is open, so that whatever else the machine does meets both alike.
 */
record TokenCost(List<Measurement> open, List<Measurement> guarded) {

  private static final int TURNS = 6;

  /** Both have to be warm. */
  static TokenCost of(Load open, Load guarded, Duration turn) throws IOException {
    TokenCost cost = new TokenCost(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < TURNS; i++) {
      cost.open.add(open.send(turn));
      cost.guarded.add(guarded.send(turn));
    }
    return cost;
  }

  /** All turns with tokens. */
  Measurement withTokens() {
    return sum(guarded);
  }

  private static Measurement sum(List<Measurement> turns) {
    return turns.stream().reduce(Measurement::plus).orElseThrow();
  }

  private static double ratio(Measurement with, Measurement without) {
    return with.cost() / without.cost();
  }

  @Override
  public String toString() {
    var ofTurns =
        IntStream.range(0, open.size())
            .mapToDouble(i -> ratio(guarded.get(i), open.get(i)))
            .summaryStatistics();
    return String.format(
        Locale.ROOT,
        "with tokens single events cost %.2f times as much processor time as without: %.2f and "
            + "%.2f CPU-s per million, in %d turns each, of which the ratios were %.2f to %.2f",
        ratio(sum(guarded), sum(open)),
        sum(guarded).cost(),
        sum(open).cost(),
        ofTurns.getCount(),
        ofTurns.getMin(),
        ofTurns.getMax());
  }
}
