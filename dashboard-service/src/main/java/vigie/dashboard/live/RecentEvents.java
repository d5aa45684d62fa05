// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vigie.dashboard.DashboardConfig;

/**
 * The newest events of each kind, numbered as they came; a full kind evicts its oldest event. An
 * event that is put again, since more is known of it, counts as new.
 */
@ApplicationScoped
class RecentEvents {

  /**
   * One event.
   *
   * @param kind the name of its server-sent event
   * @param id its number and whose count that is, to go on after
   */
  record Item(long number, String id, String kind, Object data) {}

  private record Key(String kind, Object of) {}

  private static final String SEPARATOR = "-";

  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final int room;
  private final ViewerSignal signal;
  private final Map<Key, Item> items = new LinkedHashMap<>();
  private long last;

  RecentEvents(DashboardConfig config, ViewerSignal signal) {
    this.room = config.alertBacklog();
    this.signal = signal;
  }

  /** Any thread may call this. */
  void put(String kind, Object of, Object data) {
    synchronized (this) {
      Key key = new Key(kind, of);
      items.remove(key);
      List<Key> same = items.keySet().stream().filter(k -> k.kind().equals(kind)).toList();
      if (same.size() == room) {
        items.remove(same.get(0));
      }
      items.put(key, new Item(++last, run + SEPARATOR + last, kind, data));
    }
    signal.call();
  }

  /** Oldest first: those that came after {@code number} and are still here. */
  synchronized List<Item> after(long number) {
    if (number == last) {
      return List.of();
    }
    List<Item> newer = new ArrayList<>(items.values());
    newer.removeIf(item -> item.number() <= number);
    return newer;
  }

  /** The number in the {@code id} that a page heard last; 0 where this process did not give it. */
  synchronized long number(String id) {
    if (id == null || !id.matches(run + SEPARATOR + "\\d{1,18}")) {
      return 0;
    }
    long number = Long.parseLong(id.substring(run.length() + SEPARATOR.length()));
    return number <= last ? number : 0;
  }
}
