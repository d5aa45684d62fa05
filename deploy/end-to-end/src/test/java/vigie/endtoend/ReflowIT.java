// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages as people set them: large, still, or on paper. */
@ExtendWith({RunningChromium.class, RunningPages.class})
class ReflowIT {

  /** A desk of 1280 by 1024 at 400 %, which WCAG 1.4.10 names; at 200 % there is more room. */
  private static final int WIDTH = 320;

  private static final int HEIGHT = 256;
  private static final int PAPER_WIDTH = 690;

  /** What is wider than the window, or cut off where no box of its own lets it be scrolled to. */
  private static final String CUT_OFF =
      """
      () => [...document.body.querySelectorAll('*')]
        .filter((one) => !one.closest('.unseen, .skip, svg, canvas, .name, option') && one.checkVisibility())
        .filter((one) => {
          const { left, right } = one.getBoundingClientRect();
          const { overflowX } = getComputedStyle(one);
          const scrolls = one.parentElement.closest('.scroll') !== null;
          return (!scrolls && (left < -1 || right > innerWidth + 1))
            || (overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1);
        })
        .map((one) => `${one.localName}.${one.className} ${one.textContent.trim().slice(0, 40)}`)""";

  private static final String MOVES = "() => document.getAnimations().length";

  private final Chromium chromium;
  private final PagesAlone pages;
  private final RecordedAnswers answers = new RecordedAnswers(60, 60);

  ReflowIT(Chromium chromium, PagesAlone pages) {
    this.chromium = chromium;
    this.pages = pages;
  }

  @ParameterizedTest
  @CsvSource({
    "/, #success-rates tbody tr",
    "/exercises/c-exercise-00042, #failure-places tbody tr",
    "/thresholds, #thresholds tbody tr",
    "/pipeline, #pipeline",
    "/patrol, '#patrol-alerts > li'",
    "/sign-in, #sign-in",
  })
  void enlargedPagesNeitherScrollSidewaysNorCutAnythingOff(String path, String shown) {
    Page page = open(path + "?lang=fr&unit=unit-1");
    page.setViewportSize(WIDTH, HEIGHT);
    if (path.equals("/patrol")) {
      assertThat(page.locator("#patrol-state")).hasAttribute("data-connection", "connected");
      answers.alert(0, 8, 48.95);
      answers.claimed("alert-1", "unit-1");
      answers.claimed("alert-2", "unit-2");
    }
    assertThat(page.locator(shown).first()).isVisible();
    assertEquals(List.of(), page.evaluate(CUT_OFF));
    int width = (Integer) page.evaluate("() => document.documentElement.scrollWidth");
    assertTrue(width <= WIDTH, path + " is " + width + " px wide");
  }

  @Test
  void nothingMovesForThoseWhoDoNotWantIt() {
    Page page = chromium.open("about:blank");
    answers.answer(page);
    page.route("**/v1/exercises/success-rates", route -> {});
    page.navigate(pages.url("/"));
    assertThat(page.locator(".skeleton").first()).isVisible();
    assertTrue((Integer) page.evaluate(MOVES) > 0);
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    assertEquals(0, page.evaluate(MOVES));
  }

  @ParameterizedTest
  @CsvSource({
    "/, #success-rates tbody tr",
    "/exercises/c-exercise-00042, #failure-places tbody tr",
    "/thresholds, #thresholds tbody tr",
  })
  void onPaperThereIsAllAndNothingToPress(String path, String shown) {
    Page page = open(path);
    page.emulateMedia(
        new Page.EmulateMediaOptions().setMedia(Media.PRINT).setColorScheme(ColorScheme.DARK));
    page.setViewportSize(PAPER_WIDTH, HEIGHT);
    assertThat(page.locator(shown).first()).isVisible();
    assertEquals(List.of(), page.evaluate(CUT_OFF));
    assertThat(page.locator("body")).hasCSS("background-color", "rgb(243, 245, 242)");
    assertThat(page.locator(".bridge")).hasCSS("color", "rgb(0, 0, 0)");
    assertThat(page.locator(".pages, .controls, .csv").locator("visible=true")).hasCount(0);
    for (Locator box : page.locator(".scroll").all()) {
      assertThat(box).hasCSS("overflow-y", "visible");
    }
  }

  private Page open(String path) {
    Page page = chromium.open("about:blank");
    answers.answer(page);
    page.navigate(pages.url(path));
    return page;
  }
}
