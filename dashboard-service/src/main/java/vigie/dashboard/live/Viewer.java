// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import vigie.dashboard.live.AlertFeed.Missing;

/** What one open page has been told so far. Used by one stream, one call at a time. */
final class Viewer {

  /** One server-sent event; {@code id} is null where there is nothing to go on after. */
  record Event(String name, String id, Object data) {}

  private final Publications publications;
  private final AlertFeed feed;
  private final RecentEvents recent;
  private Publications.State told;
  private Missing toldMissing;
  private long last;

  /**
   * @param lastId the newest id that the page heard before its stream broke, else null
   */
  Viewer(Publications publications, AlertFeed feed, RecentEvents recent, String lastId) {
    this.publications = publications;
    this.feed = feed;
    this.recent = recent;
    this.last = recent.number(lastId);
  }

  /** Everything that is new to this page, and from now on it is not. */
  List<Event> newEvents() {
    List<Event> events = new ArrayList<>();
    Publications.State now = publications.state();
    if (!now.equals(told)) {
      told = now;
      events.add(
          now.listening()
              ? new Event("publication", null, one("batchId", now.batchId()))
              : new Event("outage", null, one("of", "figures")));
    }
    Missing missing = feed.missing();
    if (missing != toldMissing) {
      toldMissing = missing;
      events.add(new Event("feed", null, one("missing", missing.partName())));
    }
    for (RecentEvents.Item item : recent.after(last)) {
      last = item.number();
      events.add(new Event(item.kind(), item.id(), item.data()));
    }
    return events;
  }

  private static Map<String, String> one(String name, String value) {
    return Collections.singletonMap(name, value);
  }
}
