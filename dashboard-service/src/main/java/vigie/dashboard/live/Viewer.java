// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What one open page has been told so far. Used by one stream, one call at a time. */
final class Viewer {

  /** One server-sent event. */
  record Event(String name, Object data) {}

  private final Publications publications;
  private final NewestAlerts newestAlerts;
  private Publications.State told;
  private long lastAlert;

  Viewer(Publications publications, NewestAlerts newestAlerts) {
    this.publications = publications;
    this.newestAlerts = newestAlerts;
  }

  /** Everything that is new to this page, and from now on it is not. */
  List<Event> news() {
    List<Event> events = new ArrayList<>();
    Publications.State now = publications.state();
    if (!now.equals(told)) {
      told = now;
      events.add(
          now.listening()
              ? new Event("publication", Collections.singletonMap("batchId", now.batchId()))
              : new Event("outage", Map.of("of", "figures")));
    }
    for (NewestAlerts.Numbered next : newestAlerts.after(lastAlert)) {
      lastAlert = next.number();
      events.add(new Event("alert", next.alert()));
    }
    return events;
  }
}
