// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.analytics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import vigie.benchmark.Dice;
import vigie.stack.process.ManagedProcess;

/** Kills in one arena, which stays up while events come and onlookers read. */
final class Trial implements AutoCloseable {

  /** Batches follow each other at once. The quick compiler alone: drivers start often here. */
  private static final Map<String, String> SETTINGS =
      Map.of("VIGIE_ANALYTICS_INTERVAL", "100ms", "JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");

  /** Of Spark: one for each executor, as a rule. */
  private static final int WORKERS = 2;

  private static final int ONLOOKERS = 2;

  /** Longer than a batch, so that a kill falls into any part of one. */
  private static final Duration SOME_BATCHES = Duration.ofSeconds(4);

  private static final Duration AWHILE = Duration.ofMillis(1500);

  /** Many times what a driver needs from its start to its first batch. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Arena arena;
  private final Flow flow;
  private final List<Onlooker> onlookers;

  /**
   * @param archive stays up when this trial is closed
   */
  Trial(ExamArchive archive, Path folder, long seed) {
    arena = Arena.withWorkers(WORKERS, archive, folder, seed, SETTINGS);
    flow = new Flow(arena.tables(), new Sitting(seed));
    flow.commit(new Dice(seed));
    arena.driver().start();
    arena.driver().await(flow.state(), PATIENCE);
    onlookers =
        IntStream.range(0, ONLOOKERS)
            .mapToObj(each -> new Onlooker(arena.postgres(), flow))
            .toList();
  }

  /**
   * What came out of one kill.
   *
   * @param inABatch whether one was planned and not done
   * @param results different ones that are archived by then
   * @param problems whatever readers saw that was not whole
   */
  record Result(
      Fault fault, long seed, boolean inABatch, long results, List<String> problems, long nanos) {

    @Override
    public String toString() {
      return "%-15s seed %-11d %-15s %,9d results, %4.1f s%s"
          .formatted(
              fault,
              seed,
              inABatch ? "in a batch," : "between two,",
              results,
              nanos / 1e9,
              problems.isEmpty() ? "" : ", PROBLEMS " + problems);
    }
  }

  /** Everything in it follows from the fault and the seed, except what chance adds. */
  Result run(Fault fault, long seed) throws InterruptedException {
    long began = System.nanoTime();
    Dice dice = new Dice(seed);
    Dice other = dice.another();
    boolean inABatch = flow.during(dice, CompletableFuture.supplyAsync(() -> kill(fault, other)));
    arena.driver().await(flow.state(), PATIENCE);
    return new Result(fault, seed, inABatch, flow.results(), problems(), System.nanoTime() - began);
  }

  /** Ends with a computation from scratch, which must come to the same figures. */
  int end() {
    arena.driver().recompute();
    return onlookers.stream().mapToInt(Onlooker::stop).min().orElseThrow();
  }

  private boolean kill(Fault fault, Dice dice) {
    ManagedProcess victim = fault.victim(arena, dice);
    try {
      dice.pass(Duration.ZERO, SOME_BATCHES);
      victim.kill();
      boolean inABatch = arena.driver().isInABatch();
      dice.pass(Duration.ZERO, AWHILE);
      victim.start();
      victim.awaitReady();
      return inABatch;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(fault + " was interrupted", e);
    }
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    onlookers.forEach(onlooker -> problems.addAll(onlooker.problems()));
    Driver.Counts archived = new Driver.Counts(flow.results(), flow.alerts());
    Driver.Counts published = arena.driver().counts();
    if (!published.equals(archived)) {
      problems.add("%s are archived, published are %s".formatted(archived, published));
    }
    return problems;
  }

  @Override
  public void close() throws IOException {
    onlookers.forEach(Onlooker::close);
    arena.close();
  }
}
