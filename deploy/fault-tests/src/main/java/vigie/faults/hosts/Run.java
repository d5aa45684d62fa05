// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import vigie.events.UndecodableEventException;
import vigie.faults.harness.SeededRandom;
import vigie.faults.thresholds.Alerts;
import vigie.faults.thresholds.KnownThresholds;
import vigie.faults.thresholds.Laptops;
import vigie.faults.thresholds.Recorder;
import vigie.faults.thresholds.Staff;
import vigie.faults.thresholds.Students;
import vigie.faults.thresholds.history.Change;
import vigie.faults.thresholds.history.Judgement;
import vigie.faults.thresholds.history.Liveness;
import vigie.faults.thresholds.history.TimeRange;

/** One history: staff, laptops and units work while a schedule is played; then all is read. */
final class Run {

  private static final int EXERCISES = 8;
  private static final int BATCH = 12;
  private static final int SETTLED_BATCH = 2;
  private static final int UNITS = 2;
  private static final int FIRST_TRIES = 20;
  private static final Duration CALM = Duration.ofMillis(700);

  /** A part that has not recovered by then does not do so by itself. */
  private static final Duration PATIENCE = LivenessChecker.MAX_RECOVERY.multipliedBy(2);

  private static final Liveness UNLIMITED =
      new Liveness(false, Long.MAX_VALUE / 2, Optional.empty());

  private final Lab lab;
  private final Alerts alerts;
  private final String name;
  private final SeededRandom random;
  private final Recorder recorder = new Recorder();
  private final List<String> exercises;
  private final String settled;
  private final Staff staff;
  private final List<Staff> staffOfEach;
  private final List<Laptops> laptops;
  private final AtomicBoolean over = new AtomicBoolean();

  /**
   * @param name of no other run
   */
  Run(Lab lab, Alerts alerts, String name, SeededRandom random) {
    this.lab = lab;
    this.alerts = alerts;
    this.name = name;
    this.random = random;
    exercises = IntStream.range(0, EXERCISES).mapToObj(i -> "%s-%02d".formatted(name, i)).toList();
    settled = name + "-settled";
    KnownThresholds knowledge = new KnownThresholds();
    List<String> instances = List.of(lab.url("alert-1"), lab.url("alert-2"));
    staff = new Staff(instances, knowledge, recorder);
    staffOfEach =
        instances.stream().map(url -> new Staff(List.of(url), knowledge, recorder)).toList();
    int partitions = alerts.resultPartitions();
    laptops =
        List.of("ingest-1", "ingest-2").stream()
            .map(
                host ->
                    new Laptops(
                        lab.url(host),
                        new Students(History.students(name, host), partitions),
                        settled,
                        knowledge,
                        recorder))
            .toList();
  }

  History play(Schedule schedule)
      throws InterruptedException, ExecutionException, UndecodableEventException {
    giveFirstThresholds();
    ExecutorService people = Executors.newCachedThreadPool();
    try (Units units = new Units(lab, name, UNITS)) {
      List<Future<Void>> atWork = new ArrayList<>();
      atWork.add(people.submit(changing(random.split())));
      atWork.add(people.submit(looking(random.split())));
      atWork.add(people.submit(units.working(over)));
      for (Laptops some : laptops) {
        atWork.add(people.submit(sending(some, random.split())));
        atWork.add(people.submit(failing(some, random.split())));
      }
      random.sleep(CALM, CALM);
      TimeRange faults = new Nemesis(lab).play(schedule);
      Duration recovery = awaitRecovery(faults.to());
      over.set(true);
      for (Future<Void> work : atWork) {
        work.get();
      }
      List<Judgement> judgements =
          alerts.awaitAll(settled, recorder.expected()).stream()
              .filter(one -> one.exercise().startsWith(name))
              .toList();
      awaitAlerts(units, judgements);
      return new History(
          recorder.history(judgements, UNLIMITED),
          StoredResults.in(lab.kafka().bootstrapServers()),
          units.received(),
          units.claims(),
          faults,
          recovery);
    } finally {
      over.set(true);
      people.shutdownNow();
    }
  }

  private void giveFirstThresholds() throws InterruptedException {
    List<String> missing = new ArrayList<>(exercises);
    missing.add(settled);
    for (int i = 0; i < FIRST_TRIES && !missing.isEmpty(); i++) {
      staff.load(missing, random).stream()
          .filter(Change::isAcknowledged)
          .forEach(change -> missing.remove(change.exercise()));
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException("A whole cluster does not take thresholds for " + missing);
    }
  }

  /** Until each alert-service has acknowledged a change, and each ingest-service a result. */
  private Duration awaitRecovery(long healed) throws InterruptedException {
    for (Staff one : staffOfEach) {
      while (isPatient(healed) && !one.set(exercises.get(0), random).isAcknowledged()) {
        random.sleep(Duration.ofMillis(100), Duration.ofMillis(200));
      }
    }
    for (Laptops some : laptops) {
      while (isPatient(healed) && !some.failSettled(1, random)) {
        random.sleep(Duration.ofMillis(100), Duration.ofMillis(200));
      }
    }
    return Duration.ofNanos(TimeRange.now() - healed);
  }

  private static boolean isPatient(long since) {
    return TimeRange.now() - since < PATIENCE.toNanos();
  }

  /** What is missing in the end stays missing: the checker finds it. */
  private static void awaitAlerts(Units units, List<Judgement> judgements)
      throws InterruptedException {
    Set<UUID> all = judgements.stream().map(Judgement::alertId).collect(toSet());
    long begin = TimeRange.now();
    while (isPatient(begin) && !units.have(all)) {
      Thread.sleep(100);
    }
  }

  private Callable<Void> changing(SeededRandom own) {
    return () -> {
      while (!over.get()) {
        String exercise = own.oneOf(exercises);
        Change change =
            switch (own.below(8)) {
              case 0 -> staff.delete(exercise, own);
              case 1 -> staff.create(exercise, own);
              case 2, 3 -> staff.replace(exercise, own);
              default -> staff.set(exercise, own);
            };
        if (change.isAcknowledged()) {
          own.oneOf(laptops).tryOut(1 + own.below(3), List.of(exercise), own);
        }
        own.sleep(Duration.ofMillis(20), Duration.ofMillis(200));
      }
      return null;
    };
  }

  private Callable<Void> looking(SeededRandom own) {
    return () -> {
      while (!over.get()) {
        staff.read(own.oneOf(exercises), own);
        own.sleep(Duration.ofMillis(50), Duration.ofMillis(150));
      }
      return null;
    };
  }

  private Callable<Void> sending(Laptops some, SeededRandom own) {
    return () -> {
      while (!over.get()) {
        pause(some.tryOut(1 + own.below(BATCH), exercises, own), own);
      }
      return null;
    };
  }

  private Callable<Void> failing(Laptops some, SeededRandom own) {
    return () -> {
      while (!over.get()) {
        pause(some.failSettled(SETTLED_BATCH, own), own);
      }
      return null;
    };
  }

  /** A laptop that was refused waits longer before it sends the next. */
  private static void pause(boolean accepted, SeededRandom own) throws InterruptedException {
    int longest = accepted ? 400 : 1_000;
    own.sleep(Duration.ofMillis(longest / 2), Duration.ofMillis(longest));
  }
}
