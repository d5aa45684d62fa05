// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The machine's own Chromium, headless; it is not to talk to anybody but Vigie. */
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

  /** An empty page has no storage. */
  private static final String SIGNED_IN =
      "if (location.protocol !== 'about:') sessionStorage.setItem('vigie-token', '%s')";

  /** What a page shows by itself may take this long, on a machine that does much else. */
  private static final double PATIENCE_MILLIS = Duration.ofSeconds(30).toMillis();

  private final Playwright playwright;
  private final Browser browser;

  Chromium() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(PROGRAM).setArgs(ARGUMENTS));
  }

  /** A page without history, and of nobody. */
  Page open(String url) {
    return open(url, Look.LIGHT);
  }

  Page open(String url, Look look) {
    Page page = browser.newContext(look.options()).newPage();
    page.navigate(url);
    return page;
  }

  /** One of somebody who has signed in with {@code token}. */
  Page open(String url, String token) {
    return open(url, Look.LIGHT, token);
  }

  Page open(String url, Look look, String token) {
    Page page = browser.newContext(look.options()).newPage();
    page.addInitScript(SIGNED_IN.formatted(token));
    page.navigate(url);
    return page;
  }

  @Override
  public void close() {
    playwright.close();
  }
}
