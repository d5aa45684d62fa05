// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import vigie.dashboard.DashboardConfig;

/** The newest alerts, numbered as they came; the oldest leaves when there is no more room. */
@ApplicationScoped
class NewestAlerts {

  record Numbered(long number, FeedAlert alert) {}

  private final int room;
  private final News news;
  private final Deque<Numbered> alerts = new ArrayDeque<>();
  private long last;

  NewestAlerts(DashboardConfig config, News news) {
    this.room = config.alertBacklog();
    this.news = news;
  }

  void add(FeedAlert alert) {
    synchronized (this) {
      if (alerts.size() == room) {
        alerts.removeFirst();
      }
      alerts.addLast(new Numbered(++last, alert));
    }
    news.call();
  }

  /** Oldest first: those that came after {@code number} and are still here. */
  synchronized List<Numbered> after(long number) {
    return alerts.stream().filter(alert -> alert.number() > number).toList();
  }
}
