// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.consistency;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** All chance of a run, from one seed. For use by one thread; others get dice of their own. */
final class Dice {

  private final SplittableRandom random;

  Dice(long seed) {
    this(new SplittableRandom(seed));
  }

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  Dice another() {
    return new Dice(random.split());
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  double between(double low, double high) {
    return random.nextDouble(low, high);
  }

  long seed() {
    return random.nextLong();
  }

  <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Lets a random time pass: the fault lasts, there is nothing to wait for. */
  void pass(Duration shortest, Duration longest) throws InterruptedException {
    Thread.sleep(random.nextLong(shortest.toMillis(), longest.toMillis() + 1));
  }
}
