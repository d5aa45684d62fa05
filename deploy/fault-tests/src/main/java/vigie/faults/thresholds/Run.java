// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds;

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
import java.util.stream.Stream;
import vigie.faults.harness.SeededRandom;
import vigie.faults.thresholds.history.Change;
import vigie.faults.thresholds.history.History;
import vigie.faults.thresholds.history.Judgement;
import vigie.faults.thresholds.history.Liveness;
import vigie.faults.thresholds.history.TimeRange;

/** One history: changes and events flow until a fault is played and healed; then all is judged. */
final class Run {

  private static final int EXERCISES = 20;
  private static final int STAFF = 4;
  private static final int MAX_TRIALS = 6;
  private static final int SHEET = 4;
  private static final int LAPTOPS = 2;
  private static final int SMALLEST_BATCH = 75;
  private static final int LARGEST_BATCH = 175;
  private static final int SETTLED_BATCH = 3;
  private static final int FIRST_TRIES = 20;
  private static final int CALM_CHANGES = 6;

  /** Every change that was sent is answered and settled by then. */
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final SeededRandom random;
  private final Recorder recorder = new Recorder();
  private final Staff staff;
  private final Laptops laptops;
  private final List<String> exercises;
  private final String settled;
  private final AtomicBoolean over = new AtomicBoolean();

  /** Whether staff change nothing for now. */
  private final AtomicBoolean quiet = new AtomicBoolean();

  /**
   * @param name of no other run
   * @param partitions of the topic of results
   */
  Run(Cluster cluster, String name, int partitions, SeededRandom random) {
    this.cluster = cluster;
    this.random = random;
    this.exercises =
        IntStream.range(0, EXERCISES).mapToObj(i -> "%s-%02d".formatted(name, i)).toList();
    this.settled = name + "-settled";
    KnownThresholds knowledge = new KnownThresholds();
    this.staff =
        new Staff(
            cluster.judges().stream().map(judge -> judge.url("")).toList(), knowledge, recorder);
    this.laptops =
        new Laptops(
            cluster.ingest().url(""), new Students(name, partitions), settled, knowledge, recorder);
  }

  History play(Fault fault, Alerts alerts) throws InterruptedException, ExecutionException {
    giveFirstThresholds();
    changeInCalm();
    long whole;
    ExecutorService people = Executors.newCachedThreadPool();
    try {
      List<Future<Void>> atWork = new ArrayList<>();
      IntStream.range(0, STAFF).forEach(i -> atWork.add(people.submit(changing(random.split()))));
      IntStream.range(0, LAPTOPS).forEach(i -> atWork.add(people.submit(sending(random.split()))));
      atWork.add(people.submit(looking(random.split())));
      atWork.add(people.submit(failing(random.split())));
      random.sleep(Duration.ofMillis(300), Duration.ofMillis(800));
      quiet.set(fault.isQuiet());
      if (fault.isQuiet()) {
        random.sleep(SETTLING, SETTLING);
      }
      fault.play(cluster, random);
      quiet.set(false);
      cluster.heal();
      cluster.awaitWhole();
      whole = TimeRange.now();
      random.sleep(Duration.ofMillis(700), Duration.ofMillis(1200));
      over.set(true);
      for (Future<Void> work : atWork) {
        work.get();
      }
    } finally {
      over.set(true);
      people.shutdown();
    }
    return recorder.history(
        alerts.awaitAll(settled, recorder.expected()),
        new Liveness(fault.leavesJudging(), whole, cluster.takeAlone()));
  }

  boolean isAbout(Judgement judgement) {
    return exercises.contains(judgement.exercise()) || settled.equals(judgement.exercise());
  }

  /** By one sheet, as an admin does before an exam. */
  private void giveFirstThresholds() throws InterruptedException {
    List<String> missing =
        new ArrayList<>(Stream.concat(Stream.of(settled), exercises.stream()).toList());
    for (int i = 0; i < FIRST_TRIES && !missing.isEmpty(); i++) {
      staff.load(missing, random).stream()
          .filter(Change::isAcknowledged)
          .forEach(change -> missing.remove(change.exercise()));
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException("A whole cluster does not take thresholds for " + missing);
    }
  }

  /**
   * One change at a time, with nothing else going on: judges that wait for results, as long as a
   * poll lasts, must not know the thresholds from before.
   */
  private void changeInCalm() throws InterruptedException {
    laptops.tryOut(LARGEST_BATCH, exercises, random);
    for (int i = 0; i < CALM_CHANGES; i++) {
      random.sleep(Duration.ofMillis(100), Duration.ofMillis(200));
      String exercise = random.oneOf(exercises);
      tryOutIfChanged(staff.set(exercise, random), random);
    }
  }

  private Callable<Void> changing(SeededRandom own) {
    return () -> {
      while (!over.get()) {
        boolean changed = !quiet.get() && changeSomething(own);
        own.sleep(Duration.ZERO, Duration.ofMillis(changed ? 20 : 200));
      }
      return null;
    };
  }

  /** In one of the ways in which staff change thresholds; whether anything was changed. */
  private boolean changeSomething(SeededRandom own) throws InterruptedException {
    String exercise = own.oneOf(exercises);
    int way = own.below(10);
    if (way == 0) {
      List<Change> sheet = staff.load(own.shuffled(exercises).subList(0, SHEET), own);
      return sheet.stream().anyMatch(Change::isAcknowledged);
    }
    Change change =
        switch (way) {
          case 1 -> staff.delete(exercise, own);
          case 2 -> staff.create(exercise, own);
          case 3, 4 -> staff.replace(exercise, own);
          default -> staff.set(exercise, own);
        };
    tryOutIfChanged(change, own);
    return change.isAcknowledged();
  }

  /** As soon as a change holds, some students try the exercise. */
  private void tryOutIfChanged(Change change, SeededRandom own) throws InterruptedException {
    if (change.isAcknowledged()) {
      laptops.tryOut(1 + own.below(MAX_TRIALS), List.of(change.exercise()), own);
    }
  }

  private Callable<Void> looking(SeededRandom own) {
    return () -> {
      while (!over.get()) {
        if (own.below(4) == 0) {
          staff.list(exercises, own);
        } else {
          staff.read(own.oneOf(exercises), own);
        }
        own.sleep(Duration.ZERO, Duration.ofMillis(40));
      }
      return null;
    };
  }

  private Callable<Void> sending(SeededRandom own) {
    return () -> {
      while (!over.get()) {
        int count = SMALLEST_BATCH + own.below(LARGEST_BATCH - SMALLEST_BATCH);
        laptops.tryOut(count, exercises, own);
        own.sleep(Duration.ofMillis(100), Duration.ofMillis(500));
      }
      return null;
    };
  }

  private Callable<Void> failing(SeededRandom own) {
    return () -> {
      while (!over.get()) {
        laptops.failSettled(SETTLED_BATCH, own);
        own.sleep(Duration.ofMillis(100), Duration.ofMillis(300));
      }
      return null;
    };
  }
}
