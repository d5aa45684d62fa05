// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** All randomness of a run, from one seed. For one thread: {@link #split} makes one for another. */
public final class SeededRandom {

  private final SplittableRandom random;

  public SeededRandom(long seed) {
    this(new SplittableRandom(seed));
  }

  private SeededRandom(SplittableRandom random) {
    this.random = random;
  }

  public SeededRandom split() {
    return new SeededRandom(random.split());
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  public double between(double low, double high) {
    return random.nextDouble(low, high);
  }

  public long seed() {
    return random.nextLong();
  }

  public <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  public <T> List<T> shuffled(List<T> all) {
    List<T> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    return shuffled;
  }

  /** So many, each as often as any other but for the remainder, in rounds of a random order. */
  public <T> List<T> rounds(List<T> all, int count) {
    return Stream.generate(() -> shuffled(all)).flatMap(List::stream).limit(count).toList();
  }

  /** Sleeps for a random time: the fault lasts, there is nothing to wait for. */
  public void sleep(Duration shortest, Duration longest) throws InterruptedException {
    Thread.sleep(random.nextLong(shortest.toMillis(), longest.toMillis() + 1));
  }
}
