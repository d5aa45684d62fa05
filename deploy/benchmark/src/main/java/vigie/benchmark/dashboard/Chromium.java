// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The machine's own Chromium, headless; it is to connect to Vigie only. */
final class Chromium implements AutoCloseable {

  private static final Path PROGRAM =
      Path.of(System.getProperty("vigie.chromium", "/usr/bin/chromium"));
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");
  private static final List<String> CATEGORIES =
      List.of("devtools.timeline", "disabled-by-default-devtools.timeline.frame");
  private static final int WIDTH = 1440;
  private static final int HEIGHT = 1100;

  private final Playwright playwright;
  private final Browser browser;

  Chromium() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(PROGRAM).setArgs(ARGUMENTS));
  }

  Page open(String url) {
    Page page =
        browser.newPage(
            new Browser.NewPageOptions().setLocale("en-GB").setViewportSize(WIDTH, HEIGHT));
    page.navigate(url);
    return page;
  }

  /** Chromium's own trace of what it drew while something was done. */
  byte[] traced(Page page, Runnable act) {
    browser.startTracing(page, new Browser.StartTracingOptions().setCategories(CATEGORIES));
    act.run();
    return browser.stopTracing();
  }

  @Override
  public void close() {
    playwright.close();
  }
}
