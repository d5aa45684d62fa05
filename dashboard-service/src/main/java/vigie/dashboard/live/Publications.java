// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;

/** Which publication is the newest, as far as PostgreSQL has told; any thread may ask. */
@ApplicationScoped
public class Publications {

  /**
   * @param listening whether PostgreSQL would tell of the next publication
   * @param number counts publications and reconnects; higher is newer
   * @param batchId the batch that the last notification named, null when none was heard
   */
  record State(boolean listening, long number, String batchId) {}

  private final ViewerSignal signal;
  private volatile State state = new State(false, 0, null);

  Publications(ViewerSignal signal, MeterRegistry metrics) {
    this.signal = signal;
    metrics.gauge("vigie.dashboard.listening", this, self -> self.state.listening() ? 1 : 0);
    metrics.gauge("vigie.dashboard.viewers", signal, ViewerSignal::viewers);
  }

  /** The number of the newest publication, or nothing while PostgreSQL is not listened to. */
  public OptionalLong number() {
    State now = state;
    return now.listening() ? OptionalLong.of(now.number()) : OptionalLong.empty();
  }

  State state() {
    return state;
  }

  /** PostgreSQL is listened to (again): whatever was published meanwhile has to be looked at. */
  void opened() {
    become(true, 1, null);
  }

  void published(String batchId) {
    become(true, 1, batchId);
  }

  void lost() {
    become(false, 0, null);
  }

  private void become(boolean listening, int newer, String batchId) {
    synchronized (this) {
      state = new State(listening, state.number() + newer, batchId);
    }
    signal.call();
  }
}
