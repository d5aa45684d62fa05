// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.driver;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the job can do now, and why not more. */
public final class Health {

  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  /**
   * What readiness reports.
   *
   * @param started Spark runs
   * @param ready the query publishes
   */
  public record State(boolean started, boolean ready, String says) {}

  private final AtomicReference<State> state =
      new AtomicReference<>(new State(false, false, "starting Spark"));

  private final AtomicReference<String> maintenance = new AtomicReference<>("no round yet");

  public State state() {
    return state.get();
  }

  void waiting(String reason) {
    change(new State(true, false, reason));
  }

  public void published(long batchId) {
    State before = state.getAndSet(new State(true, true, "published batch " + batchId));
    if (!before.ready()) {
      LOG.info("Ready: published batch {}", batchId);
    }
  }

  /** What the last round of maintenance says. It never keeps the job from being ready. */
  public String maintenance() {
    return maintenance.get();
  }

  public void maintained(List<String> failures) {
    maintenance.set(failures.isEmpty() ? "all done" : "failed: " + String.join("; ", failures));
  }

  private void change(State next) {
    if (!state.getAndSet(next).equals(next)) {
      LOG.info("Not ready: {}", next.says());
    }
  }
}
