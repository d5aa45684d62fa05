// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.consistency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import vigie.benchmark.Dice;

/** One history: changes and events flow until a fault is played and healed; then all is judged. */
final class Run {

  private static final int EXERCISES = 20;
  private static final int STAFF = 4;
  private static final int MOST_TRIES = 8;
  private static final int LAPTOPS = 2;
  private static final int SMALLEST_BATCH = 150;
  private static final int LARGEST_BATCH = 350;
  private static final int FIRST_TRIES = 20;
  private static final int CALM_CHANGES = 6;

  private final Cluster cluster;
  private final Dice dice;
  private final Recorder recorder = new Recorder();
  private final Staff staff;
  private final Laptops laptops;
  private final List<String> exercises;
  private final AtomicBoolean over = new AtomicBoolean();

  Run(Cluster cluster, String name, Dice dice) {
    this.cluster = cluster;
    this.dice = dice;
    this.staff = new Staff(cluster.judges(), recorder);
    this.laptops = new Laptops(cluster.ingest(), recorder);
    this.exercises =
        IntStream.range(0, EXERCISES).mapToObj(i -> "%s-%02d".formatted(name, i)).toList();
  }

  History play(Fault fault, Alerts alerts) throws InterruptedException, ExecutionException {
    for (String exercise : exercises) {
      giveFirstThreshold(exercise);
    }
    changeInCalm();
    ExecutorService people = Executors.newCachedThreadPool();
    try {
      List<Future<Void>> atWork = new ArrayList<>();
      IntStream.range(0, STAFF).forEach(i -> atWork.add(people.submit(changing(dice.another()))));
      IntStream.range(0, LAPTOPS).forEach(i -> atWork.add(people.submit(sending(dice.another()))));
      dice.pass(Duration.ofMillis(300), Duration.ofMillis(800));
      fault.play(cluster, dice);
      cluster.heal();
      cluster.awaitWhole();
      dice.pass(Duration.ofMillis(700), Duration.ofMillis(1200));
      over.set(true);
      for (Future<Void> work : atWork) {
        work.get();
      }
    } finally {
      over.set(true);
      people.shutdown();
    }
    return recorder.history(alerts.awaitAll(recorder.accepted()));
  }

  boolean isAbout(Judgement judgement) {
    return exercises.contains(judgement.exercise());
  }

  /** Without a threshold no event raises an alert, and none would tell how it was judged. */
  private void giveFirstThreshold(String exercise) throws InterruptedException {
    for (int i = 0; i < FIRST_TRIES; i++) {
      if (staff.change(exercise, dice).isAcknowledged()) {
        return;
      }
    }
    throw new IllegalStateException("A whole cluster does not take a threshold for " + exercise);
  }

  /**
   * One change at a time, with nothing else going on: judges that wait for results, as long as a
   * poll lasts, must not know the thresholds from before.
   */
  private void changeInCalm() throws InterruptedException {
    laptops.send(LARGEST_BATCH, exercises, dice);
    for (int i = 0; i < CALM_CHANGES; i++) {
      dice.pass(Duration.ofMillis(100), Duration.ofMillis(200));
      changeAndTry(dice);
    }
  }

  private Callable<Void> changing(Dice own) {
    return () -> {
      while (!over.get()) {
        Put put = changeAndTry(own);
        own.pass(Duration.ZERO, Duration.ofMillis(put.isAcknowledged() ? 20 : 200));
      }
      return null;
    };
  }

  /** Changes a threshold; as soon as that holds, some students try the exercise. */
  private Put changeAndTry(Dice own) throws InterruptedException {
    Put put = staff.change(own.oneOf(exercises), own);
    if (put.isAcknowledged()) {
      laptops.send(1 + own.below(MOST_TRIES), List.of(put.exercise()), own);
    }
    return put;
  }

  private Callable<Void> sending(Dice own) {
    return () -> {
      while (!over.get()) {
        int count = SMALLEST_BATCH + own.below(LARGEST_BATCH - SMALLEST_BATCH);
        laptops.send(count, exercises, own);
        own.pass(Duration.ofMillis(100), Duration.ofMillis(500));
      }
      return null;
    };
  }
}
