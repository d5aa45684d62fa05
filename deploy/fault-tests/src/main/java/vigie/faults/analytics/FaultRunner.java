// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.analytics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import vigie.faults.harness.SeededRandom;
import vigie.stack.process.ManagedProcess;

/** Kills processes of one environment, which stays up while events come and observers read. */
final class FaultRunner implements AutoCloseable {

  /** Batches follow each other at once. The quick compiler alone: drivers start often here. */
  private static final Map<String, String> SETTINGS =
      Map.of("VIGIE_ANALYTICS_INTERVAL", "100ms", "JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");

  /** Of Spark: one for each executor, as a rule. */
  private static final int WORKERS = 2;

  private static final int OBSERVERS = 2;

  /** Longer than a batch, so that a kill falls into any part of one. */
  private static final Duration SOME_BATCHES = Duration.ofSeconds(4);

  private static final Duration AWHILE = Duration.ofMillis(1500);

  /** Many times what a driver needs from its start to its first batch. */
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final AnalyticsEnvironment environment;
  private final ArchiveWriter flow;
  private final List<ConsistencyObserver> observers;

  /**
   * @param archive stays up when this runner is closed
   */
  FaultRunner(EmptyArchive archive, Path folder, long seed) {
    environment = AnalyticsEnvironment.withWorkers(WORKERS, archive, folder, seed, SETTINGS);
    flow = new ArchiveWriter(environment.tables(), new ExamDataset(seed));
    flow.commit(new SeededRandom(seed));
    environment.driver().start();
    environment.driver().await(flow.state(), TIMEOUT);
    observers =
        IntStream.range(0, OBSERVERS)
            .mapToObj(each -> new ConsistencyObserver(environment.postgres(), flow))
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
    SeededRandom random = new SeededRandom(seed);
    SeededRandom other = random.split();
    boolean inABatch = flow.during(random, CompletableFuture.supplyAsync(() -> kill(fault, other)));
    environment.driver().await(flow.state(), TIMEOUT);
    return new Result(fault, seed, inABatch, flow.results(), problems(), System.nanoTime() - began);
  }

  /** Ends with a computation from scratch, which must come to the same figures. */
  int end() {
    environment.driver().recompute();
    return observers.stream().mapToInt(ConsistencyObserver::stop).min().orElseThrow();
  }

  private boolean kill(Fault fault, SeededRandom random) {
    ManagedProcess victim = fault.victim(environment, random);
    try {
      random.sleep(Duration.ZERO, SOME_BATCHES);
      victim.kill();
      boolean inABatch = environment.driver().isInABatch();
      random.sleep(Duration.ZERO, AWHILE);
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
    observers.forEach(observer -> problems.addAll(observer.problems()));
    AnalyticsProcess.Counts archived = new AnalyticsProcess.Counts(flow.results(), flow.alerts());
    AnalyticsProcess.Counts published = environment.driver().counts();
    if (!published.equals(archived)) {
      problems.add("%s are archived, published are %s".formatted(archived, published));
    }
    return problems;
  }

  @Override
  public void close() throws IOException {
    observers.forEach(ConsistencyObserver::close);
    environment.close();
  }
}
