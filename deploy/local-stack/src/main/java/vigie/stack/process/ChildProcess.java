// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import vigie.stack.workspace.StackException;

/**
 * An external program that this process starts, watches and ends. Its output goes to its own log,
 * which survives restarts. Safe for use by several threads.
 */
public final class ChildProcess implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(15);

  /** To write an {@link AotCache} at the end. */
  private static final Duration RECORDING = Duration.ofMinutes(2);

  private static final long POLL_MILLIS = 100;

  /**
   * All that a child gets of the environment of this process. What else is in an operator's shell,
   * such as credentials of a cloud or settings of another Kafka, would be in the /proc of each.
   */
  static final Set<String> INHERITED =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "LANG",
          "LC_ALL",
          "TZ",
          "TMPDIR",
          "JAVA_HOME",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS");

  private final String name;
  private final Path log;
  private final Map<String, String> environment;
  private final List<String> command;
  private final String stopSignal;

  private Process process;
  private long logStart;
  private boolean ended = true;
  private boolean killedWhenClosed;
  private volatile String obstacle = "";

  public ChildProcess(
      String name, Path log, Map<String, String> environment, List<String> command) {
    this(name, log, environment, command, "TERM");
  }

  public ChildProcess(
      String name,
      Path log,
      Map<String, String> environment,
      List<String> command,
      String stopSignal) {
    this.name = name;
    this.log = log;
    this.environment = Map.copyOf(environment);
    this.command = List.copyOf(command);
    this.stopSignal = stopSignal;
  }

  public String name() {
    return name;
  }

  public Path log() {
    return log;
  }

  /** Program and arguments. */
  public List<String> command() {
    return command;
  }

  /** What it gets beside what is {@link #INHERITED}. */
  public Map<String, String> environment() {
    return environment;
  }

  public synchronized void start() {
    if (isAlive()) {
      throw new IllegalStateException(name + " already runs as process " + pid());
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new StackException(name + " was not started: the start was given up");
    }
    try {
      Files.createDirectories(log.getParent());
      logStart = Files.exists(log) ? Files.size(log) : 0;
      ProcessBuilder child =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()));
      child.environment().keySet().retainAll(INHERITED);
      child.environment().putAll(environment);
      process = Launcher.start(child);
      ended = false;
    } catch (IOException | CompletionException e) {
      throw new StackException(name + " cannot be started: " + e.getMessage(), e);
    }
  }

  /** Runs the program to its end, which must be a good one. */
  public void run(Duration timeout) {
    start();
    if (!endsWithin(process, timeout)) {
      kill();
      throw new StackException(
          "%s did not end within %d s; read its log %s".formatted(name, timeout.toSeconds(), log));
    }
    ended = true;
    if (exitCode() != 0) {
      throw endedWith(exitCode());
    }
  }

  /** Waits until the condition holds; fails at once when the process ends before. */
  public void await(Duration timeout, Condition condition) {
    long deadline = System.nanoTime() + timeout.toNanos();
    await(
        () -> System.nanoTime() < deadline,
        condition,
        "was not ready within %d s".formatted(timeout.toSeconds()));
  }

  /**
   * As the other, for as long as the process works: it is given up after {@link
   * ManagedProcess#STARTUP} without {@link CpuActivity}.
   */
  public void await(Condition condition) {
    await(
        new CpuActivity(this::processorTime, ManagedProcess.STARTUP),
        condition,
        "is not ready and has hardly worked for %d s"
            .formatted(ManagedProcess.STARTUP.toSeconds()));
  }

  private Duration processorTime() {
    return current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void await(BooleanSupplier patience, Condition condition, String otherwise) {
    Process current = current();
    Exception lastReason = null;
    try {
      do {
        try {
          if (condition.holds()) {
            return;
          }
        } catch (InterruptedException e) {
          throw e;
        } catch (Exception e) {
          lastReason = e;
          obstacle = String.valueOf(e.getMessage());
        }
        if (current.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          throw endedWith(current.exitValue());
        }
      } while (patience.getAsBoolean());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException(name + " was being started when the start was given up", e);
    }
    String reason = lastReason == null ? "" : " (" + lastReason.getMessage() + ")";
    throw new StackException(
        "%s %s%s; read its log %s".formatted(name, otherwise, reason, log), lastReason);
  }

  /** Why the condition that is awaited does not hold; empty when that is not known. */
  public String obstacle() {
    return obstacle;
  }

  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** True when the process ended although no caller asked for it. */
  public synchronized boolean diedByItself() {
    return !ended && !process.isAlive();
  }

  /**
   * Starts the program again if it died by itself. False when it runs or was stopped, which a stop
   * by another thread decides at any time before this.
   */
  synchronized boolean restartIfDied() {
    if (!diedByItself()) {
      return false;
    }
    start();
    return true;
  }

  public long pid() {
    return current().pid();
  }

  public int exitCode() {
    return current().exitValue();
  }

  /** SIGKILL for the process and its children; gone when this returns. */
  public synchronized void kill() {
    ended = true;
    if (process == null) {
      return;
    }
    List<ProcessHandle> family = process.descendants().toList();
    process.destroyForcibly();
    if (!endsWithin(process, GRACE)) {
      throw new StackException(
          name + " (process " + process.pid() + ") does not end; end it by hand");
    }
    family.forEach(ProcessHandle::destroyForcibly);
    family.forEach(child -> child.onExit().join());
  }

  /** SIGTERM, escalating to SIGKILL; verified gone when this returns. */
  public synchronized void stop() {
    ended = true;
    if (!isAlive()) {
      return;
    }
    signal("CONT");
    signal(stopSignal);
    if (endsWithin(process, AotCache.isRecordedBy(command) ? RECORDING : GRACE)) {
      AotCache.keep(command);
    } else {
      kill();
    }
  }

  /** From now on {@link #close} kills: for a test whose proof is not how the process ends. */
  void killWhenClosed() {
    killedWhenClosed = true;
  }

  /** SIGSTOP: the process keeps its sockets but answers nothing. */
  public void freeze() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  @Override
  public void close() {
    if (killedWhenClosed) {
      kill();
    } else {
      stop();
    }
  }

  private StackException endedWith(int exitCode) {
    return new StackException(
        "%s ended with exit code %d while starting; the reason is at the end of its log %s:%n%s"
            .formatted(name, exitCode, log, LogTail.of(log, logStart)));
  }

  private synchronized Process current() {
    if (process == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return process;
  }

  private void signal(String signal) {
    String script = "kill -" + signal + " " + current().pid();
    try {
      Process kill = new ProcessBuilder("/bin/sh", "-c", script).start();
      if (!endsWithin(kill, GRACE) || (kill.exitValue() != 0 && isAlive())) {
        throw new StackException(name + " cannot be sent SIG" + signal);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Not interruptible: the caller that ends a process must know that it is gone. */
  private static boolean endsWithin(Process process, Duration timeout) {
    try {
      process.onExit().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).join();
      return true;
    } catch (CompletionException e) {
      return !process.isAlive();
    }
  }
}
