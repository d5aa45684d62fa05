// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import vigie.stack.StartUp;
import vigie.stack.VigieStack;
import vigie.stack.process.ManagedProcess;
import vigie.stack.process.Supervisor;
import vigie.stack.workspace.StackException;

/** A stack that a person has started, until Ctrl-C or {@code deploy/down}. */
final class ForegroundStack {

  private static final Duration FOR_EVER = Duration.ofDays(365);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
  private static final String ESSENTIAL_IS_LATE = "%s was not ready within %d s";

  private final VigieStack stack;
  private final PidFile pidFile;
  private final Console console;
  private final boolean tokens;
  private final Supervisor supervisor;
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** How long the start may take; empty once that is over and told, or when nothing bounds it. */
  private Optional<Duration> bound;

  ForegroundStack(
      VigieStack stack,
      PidFile pidFile,
      Console console,
      boolean tokens,
      Optional<Duration> bound) {
    this.stack = stack;
    this.pidFile = pidFile;
    this.console = console;
    this.tokens = tokens;
    this.supervisor = new Supervisor(console::say);
    this.bound = bound;
  }

  /** Returns when another thread has stopped the stack; throws when the start has failed. */
  void run() {
    // Ctrl-C and SIGTERM end this process by way of this hook, which ends the parts before it.
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndTell, "stop"));
    try {
      start();
    } catch (RuntimeException failure) {
      // When the start was given up by Ctrl-C, what it breaks is no news.
      if (stop()) {
        throw failure;
      }
    }
    tellOfDeaths();
  }

  private void start() {
    StartUp startUp = stack.begin();
    new Thread(() -> supervise(startUp), "supervisor").start();
    await(startUp, stack.firstPages());
    if (isStopping()) {
      return;
    }
    console.pages(
        stack.pages().stream().filter(page -> startUp.ready().contains(page.part())).toList());
    if (tokens) {
      console.say("  sign in with what `deploy/token admin me` prints,");
      console.say("  at the patrol unit's page with what `deploy/token patrol unit-1` prints");
      console.say("");
    }
    console.say(
        "pages answer after %s s%s"
            .formatted(secondsSinceStart(), startUp.open().isEmpty() ? "" : "; figures follow"));
    await(startUp, startUp.parts());
    if (isStopping()) {
      return;
    }
    List<String> failed = startUp.failed();
    String state =
        failed.isEmpty() ? "ready in" : "up without " + String.join(", ", failed) + " after";
    console.say(state + " " + secondsSinceStart() + " s; Ctrl-C or deploy/down stops it");
  }

  /** Waits until these are ready or have failed; says so once when the bound is over before. */
  private void await(StartUp startUp, Collection<String> parts) {
    if (bound.isPresent() && !startUp.await(parts, left(bound.get()))) {
      long seconds = bound.get().toSeconds();
      bound = Optional.empty();
      for (String essential : VigieStack.ESSENTIAL) {
        if (startUp.open().contains(essential)) {
          throw new StackException(ESSENTIAL_IS_LATE.formatted(essential, seconds));
        }
      }
      console.say(
          "not ready within %d s: %s; the rest runs, and these go on starting"
              .formatted(seconds, String.join(", ", startUp.open())));
    }
    startUp.await(parts, FOR_EVER);
  }

  private static Duration left(Duration bound) {
    Duration left = bound.minusMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Then no wait ended because of news, but because the start is given up. */
  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private void stopAndTell() {
    if (stop()) {
      console.say("stopped");
    }
  }

  /** False when another thread stopped everything already. */
  private synchronized boolean stop() {
    if (isStopping()) {
      return false;
    }
    stopping.countDown();
    stack.close();
    pidFile.close();
    return true;
  }

  /** From the moment on when a service was ready for the first time, also while others start. */
  private void supervise(StartUp startUp) {
    try {
      while (!stopping.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        List<String> ready = startUp.ready();
        supervisor.check(
            stack.services().stream().filter(service -> ready.contains(service.name())).toList());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Of the systems and the simulated laptops: they are not started again. */
  private void tellOfDeaths() {
    List<ManagedProcess> services = stack.services();
    List<ManagedProcess> others =
        stack.parts().stream().filter(part -> !services.contains(part)).toList();
    Set<ManagedProcess> told = new HashSet<>();
    try {
      while (!stopping.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        for (ManagedProcess part : others) {
          if (part.process().diedByItself() && told.add(part)) {
            console.say(
                "%s died with exit code %d; the rest runs on; read its log %s"
                    .formatted(part.name(), part.process().exitCode(), part.process().log()));
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String secondsSinceStart() {
    return "%.1f".formatted(ManagementFactory.getRuntimeMXBean().getUptime() / 1_000.0);
  }
}
