// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import vigie.stack.workspace.StackException;

/**
 * Starts processes again that died, after a pause that doubles with each death. A process that dies
 * {@value #MAX_DEATHS} times within ten minutes is left: it dies of what a start does not mend. A
 * process that is being stopped is not started again, whichever thread stops it: {@link
 * ChildProcess} decides that under its lock. For use by one thread.
 */
public final class Supervisor {

  /** Within {@link #WINDOW}. */
  static final int MAX_DEATHS = 5;

  static final Duration WINDOW = Duration.ofMinutes(10);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final Consumer<String> report;
  private final LongSupplier nanos;
  private final Map<ManagedProcess, Watch> watches = new HashMap<>();

  /** What is known of one service. */
  private static final class Watch {

    private final Deque<Long> deaths = new ArrayDeque<>();
    private State state = State.RUNS;

    /** When it is to be started, or when it was, by the state. */
    private long at;
  }

  private enum State {
    RUNS,
    /** It died, and waits to be started. */
    PAUSES,
    /** It was started again, and is not ready yet. */
    STARTS,
    LEFT
  }

  /**
   * @param report gets a line for each death, each start, and when a service is ready again
   */
  public Supervisor(Consumer<String> report) {
    this(report, System::nanoTime);
  }

  /**
   * @param nanos a clock that only goes forward
   */
  Supervisor(Consumer<String> report, LongSupplier nanos) {
    this.report = report;
    this.nanos = nanos;
  }

  /** Does what is to be done now; to be called again and again, more often than each second. */
  public void check(Collection<? extends ManagedProcess> services) {
    services.forEach(service -> check(service, watches.computeIfAbsent(service, s -> new Watch())));
  }

  private void check(ManagedProcess service, Watch watch) {
    boolean died = service.process().diedByItself();
    switch (watch.state) {
      case RUNS -> {
        if (died) {
          noteDeath(service, watch);
        }
      }
      case PAUSES -> {
        if (nanos.getAsLong() - watch.at >= 0) {
          start(service, watch);
        }
      }
      case STARTS -> {
        if (died) {
          noteDeath(service, watch);
        } else if (isReady(service)) {
          watch.state = State.RUNS;
          report.accept("%s is ready again".formatted(service.name()));
        }
      }
      case LEFT -> {}
    }
  }

  private void noteDeath(ManagedProcess service, Watch watch) {
    long now = nanos.getAsLong();
    watch.deaths.addLast(now);
    watch.deaths.removeIf(death -> now - death > WINDOW.toNanos());
    int deaths = watch.deaths.size();
    String died =
        "%s died with exit code %d".formatted(service.name(), service.process().exitCode());
    if (deaths >= MAX_DEATHS) {
      watch.state = State.LEFT;
      report.accept(
          "%s, %d times in %d minutes: it is not started again; read its log %s"
              .formatted(died, deaths, WINDOW.toMinutes(), service.process().log()));
    } else {
      Duration pause = FIRST_PAUSE.multipliedBy(1L << (deaths - 1));
      watch.state = State.PAUSES;
      watch.at = now + pause.toNanos();
      report.accept(
          "%s; it is started again in %d s; read its log %s"
              .formatted(died, pause.toSeconds(), service.process().log()));
    }
  }

  private void start(ManagedProcess service, Watch watch) {
    try {
      boolean started = service.restartIfDied();
      watch.state = started ? State.STARTS : State.RUNS;
    } catch (StackException e) {
      watch.state = State.LEFT;
      report.accept(e.getMessage());
    }
  }

  /** An exception means "not yet". */
  private static boolean isReady(ManagedProcess service) {
    try {
      return service.isReady();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception e) {
      return false;
    }
  }
}
