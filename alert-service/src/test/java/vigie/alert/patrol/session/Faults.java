// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import vigie.alert.AlertStack;
import vigie.stack.process.ManagedProcess;

/** Kills and freezes processes, one after the other, on a thread of its own. */
final class Faults implements AutoCloseable {

  private record Fault(ManagedProcess victim, boolean freezes) {

    /** Whole again when this returns. */
    void happen(Random random) {
      pause(500 + random.nextInt(1000));
      if (freezes) {
        victim.freeze();
        pause(1000 + random.nextInt(4000));
        victim.resume();
      } else {
        victim.kill();
        pause(random.nextInt(1500));
        victim.restart();
      }
    }

    @Override
    public String toString() {
      return (freezes ? "freeze of " : "kill of ") + victim.name();
    }
  }

  private final List<Fault> faults = new ArrayList<>();
  private final CompletableFuture<Void> over;

  /** Each kind of process comes once before any comes again, and is killed and frozen by turns. */
  Faults(AlertStack stack, int count, Random random) {
    boolean freezes = random.nextBoolean();
    while (faults.size() < count) {
      ManagedProcess instance =
          random.nextBoolean() ? stack.one().process() : stack.two().process();
      ManagedProcess redis =
          stack.redis().nodes().get(random.nextInt(stack.redis().nodes().size()));
      List<ManagedProcess> round = new ArrayList<>(List.of(instance, stack.kafka(), redis));
      Collections.shuffle(round, random);
      for (ManagedProcess victim : round) {
        faults.add(new Fault(victim, freezes));
        freezes = !freezes;
      }
    }
    faults.subList(count, faults.size()).clear();
    over = CompletableFuture.runAsync(() -> faults.forEach(fault -> fault.happen(random)));
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
    return faults.stream().map(Fault::toString).collect(joining(", "));
  }

  /** The faults are what the test waits for: they take place at random times. */
  private static void pause(int millis) {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
        .join();
  }
}
