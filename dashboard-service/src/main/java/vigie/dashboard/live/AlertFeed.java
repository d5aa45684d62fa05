// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import jakarta.enterprise.context.ApplicationScoped;

/** Whether new alerts would come, as of the last check; any thread may ask. */
@ApplicationScoped
public class AlertFeed {

  /** Who would have to let an alert through, and does not. */
  public enum Missing {
    NONE(null),
    KAFKA("kafka"),
    ALERT_SERVICE("alert-service");

    private final String name;

    Missing(String name) {
      this.name = name;
    }

    String partName() {
      return name;
    }
  }

  private final ViewerSignal signal;
  private volatile Missing missing = Missing.NONE;

  AlertFeed(ViewerSignal signal) {
    this.signal = signal;
  }

  Missing missing() {
    return missing;
  }

  /** To be called by one thread after the other. */
  public void lacks(Missing found) {
    if (found != missing) {
      missing = found;
      signal.call();
    }
  }
}
