// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vigie.stack.workspace.StackException;

/**
 * Starts parts side by side, each as soon as those that it needs are ready. A part that fails ends
 * no other: only those that need it do not start.
 */
public final class StartUp {

  private final StartUpListener listener;
  private final Set<String> essential;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final List<Step> steps = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> firstFailure = new CompletableFuture<>();
  private final CompletableFuture<Void> essentialFailure = new CompletableFuture<>();
  private volatile boolean over;

  /** The start of one part. */
  private static final class Step {

    private final String part;
    private final Supplier<String> obstacle;
    private volatile CompletableFuture<Void> done;
    private volatile long began;

    Step(String part, Supplier<String> obstacle) {
      this.part = part;
      this.obstacle = obstacle;
    }

    boolean isOpen() {
      return !done.isDone();
    }

    boolean hasFailed() {
      return done.isCompletedExceptionally();
    }

    boolean isReady() {
      return !isOpen() && !hasFailed();
    }

    Duration sinceBegin() {
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  /**
   * @param essential the parts without which no other can work
   * @param every after this time, and again and again, a slow part's obstacle is told
   */
  StartUp(StartUpListener listener, Set<String> essential, Duration every) {
    this.listener = listener;
    this.essential = essential;
    long nanos = every.toNanos();
    var unused =
        clock.scheduleWithFixedDelay(
            () -> tellWhatIsSlow(every), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** As the other, for a part that cannot tell what it waits for. */
  StartUp add(String part, Runnable start, String... needed) {
    return add(part, start, () -> "starts", needed);
  }

  /**
   * Begins as soon as the parts needed, which were added before, are ready.
   *
   * @param obstacle what the part waits for at the moment
   */
  StartUp add(String part, Runnable start, Supplier<String> obstacle, String... needed) {
    List<Step> before = Stream.of(needed).map(this::step).toList();
    Step step = new Step(part, obstacle);
    step.done =
        all(before)
            .handleAsync(
                (ready, failure) -> {
                  if (failure == null) {
                    run(step, start);
                  } else {
                    leaveOut(step, before);
                  }
                  return null;
                },
                threads);
    steps.add(step);
    return this;
  }

  /** Waits for all; the first failure is thrown at once, whatever the others do. */
  void await() {
    try {
      CompletableFuture.anyOf(all(steps), firstFailure).get();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      throw givenUp(e);
    }
  }

  /**
   * Waits until each of these parts is ready or has failed. The failure of an essential part is
   * thrown at once.
   *
   * @return false when that takes longer than {@code patience}
   */
  public boolean await(Collection<String> parts, Duration patience) {
    CompletableFuture<Void> settled =
        all(parts.stream().map(this::step).toList()).handle((ready, failure) -> null);
    try {
      CompletableFuture.anyOf(settled, essentialFailure)
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      throw givenUp(e);
    }
  }

  /** All that were added, in that order. */
  public List<String> parts() {
    return parts(step -> true);
  }

  public List<String> ready() {
    return parts(Step::isReady);
  }

  /** Those that are neither ready nor have failed. */
  public List<String> open() {
    return parts(Step::isOpen);
  }

  /** Those that failed, or were not started because one that they need failed. */
  public List<String> failed() {
    return parts(Step::hasFailed);
  }

  /** Gives up what is still being started. Afterwards nothing new starts. */
  void end() {
    over = true;
    clock.shutdownNow();
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new StackException("a part is still being started and cannot be given up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("the stop was given up while parts were still being started", e);
    }
  }

  private void run(Step step, Runnable start) {
    step.began = System.nanoTime();
    try {
      start.run();
      if (!over) {
        listener.ready(step.part, step.sinceBegin());
      }
    } catch (RuntimeException e) {
      // Once the start is given up, what that breaks is no news.
      if (!over) {
        listener.failed(step.part, step.sinceBegin(), failure(e).getMessage());
        firstFailure.completeExceptionally(e);
        if (essential.contains(step.part)) {
          essentialFailure.completeExceptionally(e);
        }
      }
      throw e;
    }
  }

  private void leaveOut(Step step, List<Step> needed) {
    String missing =
        needed.stream()
            .filter(Step::hasFailed)
            .map(one -> one.part)
            .collect(Collectors.joining(", "));
    String reason = "not started, for it needs " + missing;
    if (!over) {
      listener.failed(step.part, Duration.ZERO, reason);
    }
    throw new StackException(step.part + " was " + reason);
  }

  private void tellWhatIsSlow(Duration every) {
    steps.stream()
        .filter(step -> step.isOpen() && step.began != 0)
        .filter(step -> step.sinceBegin().compareTo(every) >= 0)
        .forEach(step -> listener.waiting(step.part, step.sinceBegin(), step.obstacle.get()));
  }

  private Step step(String part) {
    return steps.stream().filter(step -> step.part.equals(part)).findAny().orElseThrow();
  }

  private List<String> parts(Predicate<Step> which) {
    return steps.stream().filter(which).map(step -> step.part).toList();
  }

  private static CompletableFuture<Void> all(List<Step> steps) {
    return CompletableFuture.allOf(
        steps.stream().map(step -> step.done).toArray(CompletableFuture<?>[]::new));
  }

  private static StackException failure(Throwable cause) {
    return cause instanceof StackException known
        ? known
        : new StackException("Vigie cannot be started: " + cause, cause);
  }

  private static StackException givenUp(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StackException("the start was given up", e);
  }
}
