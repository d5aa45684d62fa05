// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import vigie.stack.Port;
import vigie.stack.VigieStack;

/** Makes the README's picture; runs only when {@code -Dvigie.screenshots} asks for it. */
@ExtendWith(RunningVigie.class)
@EnabledIfSystemProperty(named = "vigie.screenshots", matches = ".*")
class ScreenshotsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void theDashboardDuringASimulatedExam(VigieStack vigie) throws Exception {
    StudentSignal.simulate(12_000, URI.create(vigie.url(Port.INGEST)));
    Dashboard dashboard = new Dashboard(URI.create(vigie.url(Port.DASHBOARD)));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                dashboard.figures("c-").values().stream().mapToLong(RecordedExam.Figures::n).sum()
                    == 3_000);
    try (Chromium chromium = new Chromium()) {
      Page page = chromium.open(vigie.url(Port.DASHBOARD));
      assertThat(page.locator("#freshness")).hasAttribute("data-state", "live");
      assertThat(page.locator("#alerts li").first()).isVisible();
      assertThat(page.locator("#map[data-places]")).not().hasAttribute("data-places", "0");
      assertThat(page.locator("#map canvas").first()).isVisible();
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of("screenshots", "dashboard.png")));
    }
  }
}
