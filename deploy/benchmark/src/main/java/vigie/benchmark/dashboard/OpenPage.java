// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.dashboard;

import com.microsoft.playwright.Page;

/** The overview in Chromium, which notes when each publication was painted. */
final class OpenPage implements AutoCloseable {

  /** After the change of the page, the next frame, and what Chromium does before the one after. */
  private static final String WATCH =
      """
      (exercise) => {
        const cell = `#success-rates [data-exercise="${exercise}"] [data-figure=n]`;
        window.painted = new Map();
        new MutationObserver(() => {
          const n = document.querySelector(cell)?.dataset.value;
          if (!n || painted.has(n)) return;
          painted.set(n, 0);
          requestAnimationFrame(() => setTimeout(() => painted.set(n, Date.now())));
        }).observe(document.body, {
          subtree: true, childList: true, attributes: true, attributeFilter: ['data-value'],
        });
      }""";

  private final Page page;

  OpenPage(Chromium browser, DashboardEnvironment environment) {
    page = browser.open(environment.url("/?exercise=" + Publisher.WATCHED));
    page.waitForSelector("#success-rates [data-figure=n]");
    page.waitForSelector("#map[data-places='500'] canvas");
    page.evaluate(WATCH, Publisher.WATCHED);
  }

  /** When the publication with this number was painted, milliseconds; waits for it. */
  long painted(long number) {
    Object when = page.waitForFunction("n => painted.get(n)", Long.toString(number)).jsonValue();
    return ((Number) when).longValue();
  }

  @Override
  public void close() {
    page.context().close();
  }
}
