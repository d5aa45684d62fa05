// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import vigie.stack.StartUp;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;
import vigie.stack.process.ManagedProcess;
import vigie.stack.process.Supervisor;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

/** A stack that a person has started, until Ctrl-C or {@code deploy/down}. */
final class ForegroundStack {

  private static final Duration FOR_EVER = Duration.ofDays(365);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
  private static final Duration HOUSEKEEPING_INTERVAL = Duration.ofSeconds(30);
  private static final String ESSENTIAL_IS_LATE = "%s was not ready within %d s";

  private final VigieStack stack;
  private final PidFile pidFile;
  private final StackFolder folder;
  private final DataClock clock;
  private final Console console;
  private final boolean tokens;
  private final Supervisor supervisor;
  private final CountDownLatch stopping = new CountDownLatch(1);

  private ControlSocket control;

  /** As the supervisor's thread last found the disk. */
  private boolean nearlyFull;

  /** How long the start may take; empty once that is over and told, or when nothing bounds it. */
  private Optional<Duration> bound;

  ForegroundStack(
      VigieStack stack,
      StackFolder folder,
      PidFile pidFile,
      Console console,
      boolean tokens,
      Optional<Duration> bound) {
    this.stack = stack;
    this.pidFile = pidFile;
    this.folder = folder;
    this.clock = new DataClock(folder);
    this.console = console;
    this.tokens = tokens;
    this.supervisor = new Supervisor(console::say);
    this.bound = bound;
  }

  /** Returns when another thread has stopped the stack; throws when the start has failed. */
  void run() throws IOException {
    warnOfMemory();
    control = ControlSocket.open(folder, control());
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
    awaitStop();
  }

  private void warnOfMemory() throws IOException {
    List<List<String>> commands =
        stack.parts().stream().map(part -> part.process().command()).toList();
    Memory.of(commands)
        .filter(Memory::isShort)
        .ifPresent(memory -> console.say(memory + ": Linux may kill a component"));
  }

  private StackControl control() {
    Lags lags =
        new Lags(
            stack.url(Port.ALERT_MANAGEMENT),
            stack.url(Port.ARCHIVE),
            stack.url(Port.ANALYTICS),
            stack.url(Port.DASHBOARD_MANAGEMENT),
            Clock.systemUTC());
    return new StackControl(stack.parts(), lags::lines, folder.root(), this::restart);
  }

  /** Not while the stack is being stopped, which would miss the new process. */
  private synchronized void restart(ManagedProcess process) {
    if (isStopping()) {
      throw new StackException("Vigie is being stopped");
    }
    process.stop();
    process.start();
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
    control.close();
    stack.close();
    pidFile.close();
    return true;
  }

  /** Each process from the moment on when its component was ready, also while others start. */
  private void supervise(StartUp startUp) {
    long last = System.nanoTime() - HOUSEKEEPING_INTERVAL.toNanos();
    try {
      while (!stopping.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        supervisor.check(stack.parts(startUp.ready()));
        if (System.nanoTime() - last >= HOUSEKEEPING_INTERVAL.toNanos()) {
          last = System.nanoTime();
          recordClock();
          warnOfDisk();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void recordClock() {
    try {
      clock.record(Instant.now());
    } catch (IOException e) {
      console.say("the time of the data cannot be recorded: " + e.getMessage());
    }
  }

  /** Once each time that it becomes so. */
  private void warnOfDisk() {
    try {
      Disk disk = Disk.of(folder.root());
      if (disk.isNearlyFull() && !nearlyFull) {
        console.say(disk + ": make room, or Kafka, Redis and PostgreSQL stop");
      }
      nearlyFull = disk.isNearlyFull();
    } catch (IOException e) {
      console.say("the disk cannot be watched: " + e.getMessage());
    }
  }

  private void awaitStop() {
    try {
      stopping.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String secondsSinceStart() {
    return "%.1f".formatted(ManagementFactory.getRuntimeMXBean().getUptime() / 1_000.0);
  }
}
