// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.stack.Port;
import vigie.stack.VigieStack;

/** What a member of staff sees, in a real headless Chromium. */
@ExtendWith(RunningVigie.class)
class DashboardPageIT {

  private static final String CHROMIUM = System.getProperty("vigie.chromium", "/usr/bin/chromium");
  private static final double MINUTE = Duration.ofMinutes(2).toMillis();

  private final VigieStack vigie;
  @TempDir private Path folder;

  DashboardPageIT(VigieStack vigie) {
    this.vigie = vigie;
  }

  @Test
  void anOpenPageFollowsTheExamWithoutAReload() throws Exception {
    List<String> complaints = new ArrayList<>();
    try (Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright.chromium().launch(options())) {
      Page page = browser.newPage();
      page.onPageError(complaints::add);
      page.navigate(vigie.url(Port.DASHBOARD));
      Locator row = page.locator("#success-rates [data-exercise='page-pointers']");
      Locator alert =
          page.locator("#alerts [data-alert-id]")
              .filter(new Locator.FilterOptions().setHasText("page-pointers"))
              .first();
      assertEquals(0, row.count());

      RecordedExam exam = RecordedExam.of(7, 300, "page-pointers");
      new Thresholds(URI.create(vigie.url(Port.ALERT))).put("page-pointers", 40);
      StudentSignal.send(
              exam.writeTo(folder.resolve("page.ndjson")), URI.create(vigie.url(Port.INGEST)), 300)
          .awaitAllAcknowledged();

      assertThat(alert).isVisible(patiently());
      assertThat(row)
          .containsText("300", new LocatorAssertions.ContainsTextOptions().setTimeout(MINUTE));
      assertThat(page.locator("#freshness")).hasAttribute("data-state", "live");
    }
    assertEquals(List.of(), complaints);
  }

  private static LocatorAssertions.IsVisibleOptions patiently() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(MINUTE);
  }

  private static BrowserType.LaunchOptions options() {
    return new BrowserType.LaunchOptions()
        .setExecutablePath(Path.of(CHROMIUM))
        .setArgs(
            List.of(
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync"));
  }
}
