// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Starts parts side by side, each as soon as those that it needs are ready. */
final class StartUp {

  private final Progress progress;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, CompletableFuture<Void>> parts = new LinkedHashMap<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final CompletableFuture<Void> firstFailure = new CompletableFuture<>();

  StartUp(Progress progress) {
    this.progress = progress;
  }

  /** Begins as soon as the parts needed, which were added before, are ready. */
  StartUp add(String part, Runnable start, String... needed) {
    CompletableFuture<Void> allNeeded =
        CompletableFuture.allOf(
            Stream.of(needed).map(parts::get).toArray(CompletableFuture<?>[]::new));
    parts.put(part, allNeeded.thenRunAsync(() -> start(part, start), threads));
    return this;
  }

  /** Waits for all; the first failure is thrown at once, whatever the others do. */
  void await() {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(parts.values().toArray(CompletableFuture<?>[]::new));
    try {
      CompletableFuture.anyOf(all, firstFailure).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof PartFailure failure
          ? failure
          : new PartFailure("Vigie cannot be started: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartFailure("the start was given up", e);
    }
  }

  /** Gives up what is still being started. Afterwards nothing new starts. */
  void end() {
    over.set(true);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new PartFailure("a part is still being started and cannot be given up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartFailure("the stop was given up while parts were still being started", e);
    }
  }

  private void start(String part, Runnable start) {
    long began = System.nanoTime();
    try {
      start.run();
      if (!over.get()) {
        progress.ready(part, since(began));
      }
    } catch (RuntimeException e) {
      // Only the first failure is news: those that follow come from giving up.
      if (over.compareAndSet(false, true)) {
        progress.failed(part, since(began));
        firstFailure.completeExceptionally(e);
      }
      throw e;
    }
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
