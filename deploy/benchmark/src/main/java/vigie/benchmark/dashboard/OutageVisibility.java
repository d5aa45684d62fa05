// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.dashboard;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vigie.command.MarkdownTable;
import vigie.stack.process.ManagedProcess;

/**
 * How soon open pages say that a part has stopped, whether it was killed or frozen, and that it is
 * back. A page is honest once it says so where its figures or alerts are.
 */
final class OutageVisibility implements Section {

  /** What is promised, milliseconds. */
  static final long PROMISED = 5000;

  /** Notes in the page itself when it first shows what {@code selector} finds. */
  private static final String SHOW_TIME_SCRIPT =
      """
      (selector) => {
        const wanted = window.wanted = { at: null };
        const look = () => {
          if (document.querySelector(selector)) wanted.at = Date.now();
          else if (window.wanted === wanted) setTimeout(look, 10);
        };
        look();
      }\
      """;

  /**
   * What an open page shows.
   *
   * @param path of the page
   * @param away found once it says that the part is away
   * @param there found while all is well
   */
  private record View(String path, String away, String there) {}

  /** Ends it, or stops it without a sign. */
  private enum Fault {
    KILLED {
      @Override
      void begin(ManagedProcess part) {
        part.kill();
      }

      @Override
      void end(ManagedProcess part) {
        part.restart();
      }
    },
    FROZEN {
      @Override
      void begin(ManagedProcess part) {
        part.freeze();
      }

      @Override
      void end(ManagedProcess part) {
        part.resume();
      }
    };

    abstract void begin(ManagedProcess part);

    abstract void end(ManagedProcess part);
  }

  private final MarkdownTable table =
      new MarkdownTable("stopped", "how", "page", "says so after ms", "says it is back after ms");
  private final Chromium browser;
  private final DashboardEnvironment environment;
  private final Map<String, Page> pages = new LinkedHashMap<>();
  private long longest;

  OutageVisibility(Chromium browser, DashboardEnvironment environment) {
    this.browser = browser;
    this.environment = environment;
  }

  @Override
  public MarkdownTable table() {
    return table;
  }

  @Override
  public void measure() throws Exception {
    List<View> figures =
        List.of(
            new View("/", "#freshness[data-state=disconnected]", "#freshness[data-state=live]"),
            new View(
                "/pipeline", "#freshness[data-state=disconnected]", "#freshness[data-state=live]"));
    rows("PostgreSQL", environment.postgres(), Fault.KILLED, figures);
    environment.publisher().reconnect();
    List<View> alerts =
        List.of(
            new View("/", "#feed[data-missing=kafka]", "#feed[data-missing='']"),
            new View(
                "/pipeline",
                "vigie-topics [data-notice=error]",
                "vigie-topics:not(:has([data-notice=error]))"));
    rows("Kafka", environment.kafka(), Fault.KILLED, alerts);
    rows("Kafka", environment.kafka(), Fault.FROZEN, alerts);
    List<View> units = new ArrayList<>();
    units.add(new View("/", "#feed[data-missing=alert-service]", "#feed[data-missing='']"));
    units.add(
        new View(
            "/pipeline",
            "[data-part=alert-service][data-state=disconnected]",
            "[data-part=alert-service][data-state=live]"));
    units.add(
        new View(
            "/thresholds",
            "#thresholds-state[data-state=disconnected]",
            "#thresholds-state:is([data-state=live], [data-state=empty])"));
    rows("alert-service", environment.alertService(), Fault.FROZEN, units);
    units.add(
        new View(
            "/patrol?unit=unit-1",
            "#patrol-state[data-connection=lost]",
            "#patrol-state[data-connection=connected]"));
    rows("alert-service", environment.alertService(), Fault.KILLED, units);
    pages.values().forEach(page -> page.context().close());
  }

  /** The longest time that a page took to say so, milliseconds. */
  long longest() {
    return longest;
  }

  /** What one fault does to each view; it is over in the end, however that went. */
  private void rows(String name, ManagedProcess part, Fault fault, List<View> views)
      throws Exception {
    for (View view : views) {
      look(view, view.there());
    }
    for (View view : views) {
      seen(view);
    }
    List<Long> honest = new ArrayList<>();
    try {
      views.forEach(view -> look(view, view.away()));
      long begin = System.currentTimeMillis();
      fault.begin(part);
      for (View view : views) {
        honest.add(seen(view) - begin);
      }
      views.forEach(view -> look(view, view.there()));
    } finally {
      fault.end(part);
    }
    long end = System.currentTimeMillis();
    for (int i = 0; i < views.size(); i++) {
      longest = Math.max(longest, honest.get(i));
      table.add(
          name,
          fault.name().toLowerCase(Locale.ROOT),
          views.get(i).path(),
          Long.toString(honest.get(i)),
          Long.toString(Math.max(0, seen(views.get(i)) - end)));
    }
  }

  private void look(View view, String selector) {
    pages
        .computeIfAbsent(view.path(), path -> browser.open(environment.url(path)))
        .evaluate(SHOW_TIME_SCRIPT, selector);
  }

  private long seen(View view) {
    Object at =
        pages
            .get(view.path())
            .waitForFunction(
                "() => window.wanted.at",
                null,
                new Page.WaitForFunctionOptions().setTimeout(90_000))
            .jsonValue();
    return ((Number) at).longValue();
  }
}
