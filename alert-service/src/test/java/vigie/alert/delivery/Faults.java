// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import vigie.alert.AlertStack;
import vigie.stack.Part;

/** Kills processes, one after the other, on a thread of its own. */
final class Faults implements AutoCloseable {

  private final List<Part> victims = new ArrayList<>();
  private final CompletableFuture<Void> over;

  /** Each kind of process comes once before any comes again. */
  Faults(AlertStack stack, int count, Random random) {
    while (victims.size() < count) {
      Part instance = random.nextBoolean() ? stack.one().process() : stack.two().process();
      List<Part> round = new ArrayList<>(List.of(instance, stack.kafka(), stack.redis().primary()));
      Collections.shuffle(round, random);
      victims.addAll(round);
    }
    victims.subList(count, victims.size()).clear();
    over = CompletableFuture.runAsync(() -> victims.forEach(victim -> bounce(victim, random)));
  }

  private static void bounce(Part victim, Random random) {
    pause(500 + random.nextInt(1000));
    victim.kill();
    pause(random.nextInt(1500));
    victim.restart();
  }

  boolean areOver() {
    return over.isDone();
  }

  @Override
  public void close() {
    over.join();
  }

  @Override
  public String toString() {
    return victims.stream().map(Part::name).collect(joining(", ", "kills of ", ""));
  }

  /** The faults are what the test waits for: they take place at random times. */
  private static void pause(int millis) {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
        .join();
  }
}
