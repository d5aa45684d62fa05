// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.issuer.Role;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/** What a member of staff sees, in a real browser. */
@ExtendWith({RunningVigie.class, RunningChromium.class})
class DashboardPageIT {

  private static final double PATIENCE_MILLIS = Duration.ofMinutes(2).toMillis();

  /** The land's easternmost point is Corsica's, which is in the south. */
  private static final String CORSICA_IS_BELOW =
      """
      () => {
        const { width, height } = document.querySelector('#map canvas');
        const pen = document.querySelector('#map canvas').getContext('2d');
        const { data } = pen.getImageData(0, 0, width, height);
        const isLand = (x, y) => data[(y * width + x) * 4 + 3] > 128;
        for (let x = width - 1; x > 0; x--) {
          for (let y = 0; y < height; y++) if (isLand(x, y)) return y > 0.6 * height;
        }
        return false;
      }\
      """;

  private final VigieStack vigie;
  private final Chromium chromium;
  @TempDir private Path folder;

  DashboardPageIT(VigieStack vigie, Chromium chromium) {
    this.vigie = vigie;
    this.chromium = chromium;
  }

  @Test
  void anOpenPageFollowsTheExamWithoutAReload() throws Exception {
    List<String> complaints = new ArrayList<>();
    Page page =
        chromium.open(
            vigie.url(Port.DASHBOARD) + "/?q=page-pointers",
            vigie.issuer().token(Role.STAFF, "ada"));
    page.onPageError(complaints::add);
    Locator row = page.locator("#success-rates [data-exercise='page-pointers']");
    Locator alert =
        page.locator("#alerts [data-alert-id]")
            .filter(new Locator.FilterOptions().setHasText("page-pointers"))
            .first();
    assertEquals(0, row.count());

    RecordedExam exam = RecordedExam.of(7, 300, "page-pointers");
    new Thresholds(vigie).put("page-pointers", 40);
    Replay.of(exam.writeTo(folder.resolve("page.ndjson")), vigie, 300).awaitAllAcknowledged();

    assertThat(alert)
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS));
    assertThat(row.locator("[data-figure='n']"))
        .hasAttribute(
            "data-value",
            "300",
            new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE_MILLIS));
    assertThat(page.locator("#freshness")).hasAttribute("data-state", "live");
    Accessibility.assertNothingWrong(page);

    row.locator("a.more").click();
    assertThat(page.locator("#exercise-title")).hasText("page-pointers");
    assertEquals(300, sum(page.locator("#minutes [data-figure='n']")));
    assertEquals(300, sum(page.locator("#scores [data-figure='n']")));
    assertThat(page.locator("#map[data-places]")).not().hasAttribute("data-places", "0");
    page.waitForFunction(CORSICA_IS_BELOW);
    Accessibility.assertNothingWrong(page);
    assertEquals(List.of(), complaints);
  }

  private static int sum(Locator cells) {
    assertThat(cells.first()).isVisible();
    return cells.allTextContents().stream().mapToInt(Integer::parseInt).sum();
  }
}
