// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import vigie.issuer.Grant;
import vigie.issuer.Role;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/**
 * Makes the pictures of the documentation; runs only when {@code -Dvigie.screenshots} asks for it.
 * With the value {@code all}, also those of every page without figures, stale and without services.
 */
@ExtendWith({RunningVigie.class, RunningChromium.class})
@EnabledIfSystemProperty(named = "vigie.screenshots", matches = ".*")
class ScreenshotsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final double PATIENCE_MILLIS = PATIENCE.toMillis();

  /** After an exam the archive says now and then that there is no more. */
  private static final HasAttributeOptions PATIENT =
      new HasAttributeOptions().setTimeout(PATIENCE_MILLIS);

  /** After it a page has said what it cannot get. */
  private static final double SETTLES_MILLIS = 6000;

  private static final Map<String, String> PAGES =
      Map.of(
          "dashboard", "/",
          "exercise", "/exercises/c-pointers",
          "pipeline", "/pipeline",
          "thresholds", "/thresholds",
          "patrol", "/patrol",
          "sign-in", "/sign-in");

  @Test
  void thePagesBeforeDuringAndAfterASimulatedExam(VigieStack vigie, Chromium chromium)
      throws Exception {
    boolean all = System.getProperty("vigie.screenshots").equals("all");
    if (all) {
      shootAll(chromium, vigie, "empty", page -> {});
    }
    StudentSignalProcess.simulate(12_000, vigie);
    Dashboard dashboard = new Dashboard(vigie);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                dashboard.figures("c-").values().stream().mapToLong(RecordedExam.Figures::n).sum()
                    == 3_000);
    for (Look look : Look.values()) {
      dashboard(chromium, vigie, look);
      exercise(chromium, vigie, look);
      pipeline(chromium, vigie, look);
      thresholds(chromium, vigie, look);
      patrol(chromium, vigie, look);
      signIn(chromium, vigie, look);
    }
    if (all) {
      shootAll(chromium, vigie, "stale", ScreenshotsIT::makeStale);
      shootWithoutServices(chromium, vigie);
    }
  }

  private static void shootWithoutServices(Chromium chromium, VigieStack vigie) throws Exception {
    try {
      vigie.alert().kill();
      vigie.postgres().kill();
      shootAll(chromium, vigie, "error", page -> {});
    } finally {
      vigie.postgres().restart();
      vigie.alert().restart();
    }
  }

  private static void dashboard(Chromium chromium, VigieStack vigie, Look look) {
    Page page = chromium.open(vigie.url(Port.DASHBOARD), look, token(vigie, "dashboard", ""));
    assertThat(page.locator("#freshness")).hasAttribute("data-state", "live", PATIENT);
    assertThat(page.locator("#alerts li").first()).isVisible();
    assertThat(page.locator("#map[data-places]")).not().hasAttribute("data-places", "0");
    assertThat(page.locator("#map canvas").first()).isVisible();
    shoot(page, "dashboard", look);
    page.context().close();
  }

  /**
   * Every page on a desk and on a phone, once it says of its figures or its connection how it is.
   */
  private static void shootAll(
      Chromium chromium, VigieStack vigie, String state, Consumer<Page> prepare) {
    for (Map.Entry<String, String> one : PAGES.entrySet()) {
      for (Look look : List.of(Look.LIGHT, Look.PHONE)) {
        String name = one.getKey();
        Page page = chromium.open("about:blank", look, token(vigie, name, "unit-1"));
        prepare.accept(page);
        page.navigate(vigie.url(Port.DASHBOARD) + one.getValue());
        page.waitForTimeout(SETTLES_MILLIS);
        shoot(page, name + "-" + state, look);
        page.unrouteAll();
        page.context().close();
      }
    }
  }

  /** The page thinks that any figure is too old. */
  private static void makeStale(Page page) {
    page.route(
        "**/v1/pipeline",
        route -> {
          APIResponse answer = route.fetch();
          String text =
              answer.text().replaceAll("\"staleAfterMillis\":\\d+", "\"staleAfterMillis\":1");
          route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(text));
        });
  }

  private static void exercise(Chromium chromium, VigieStack vigie, Look look) {
    Page page =
        chromium.open(
            vigie.url(Port.DASHBOARD) + "/exercises/c-pointers",
            look,
            token(vigie, "exercise", ""));
    assertThat(page.locator("#minutes tbody tr").first()).isVisible();
    assertThat(page.locator("#map[data-places]")).not().hasAttribute("data-places", "0");
    assertThat(page.locator("#map canvas").first()).isVisible();
    shoot(page, "exercise", look);
    page.context().close();
  }

  private static void pipeline(Chromium chromium, VigieStack vigie, Look look) {
    Page page =
        chromium.open(vigie.url(Port.DASHBOARD) + "/pipeline", look, token(vigie, "pipeline", ""));
    assertThat(page.locator("#freshness")).hasAttribute("data-state", "live", PATIENT);
    assertThat(page.locator("#parts [data-state=live]")).hasCount(4);
    assertThat(page.locator("#pipeline [data-group]").first()).isVisible();
    shoot(page, "pipeline", look);
    page.context().close();
  }

  private static void thresholds(Chromium chromium, VigieStack vigie, Look look) throws Exception {
    Page page =
        chromium.open(
            vigie.url(Port.DASHBOARD) + "/thresholds", look, token(vigie, "thresholds", ""));
    page.locator("[data-exercise=c-pointers] [data-action=edit]").click();
    page.keyboard().type("55");
    new Thresholds(vigie).put("c-pointers", 48);
    page.keyboard().press("Enter");
    assertThat(page.locator("[data-action=insist]")).isVisible();
    shoot(page, "thresholds", look);
    page.context().close();
  }

  private static void patrol(Chromium chromium, VigieStack vigie, Look look) {
    String unit = "unit-" + look.name().toLowerCase(Locale.ROOT);
    Page page =
        chromium.open(vigie.url(Port.DASHBOARD) + "/patrol", look, token(vigie, "patrol", unit));
    page.locator("[data-action=claim]").nth(1).click();
    assertThat(page.locator("[data-standing=mine]")).isVisible();
    assertThat(page.locator(".distance").first()).isVisible();
    page.evaluate("() => scrollTo(0, 0)");
    shoot(page, "patrol", look);
    page.context().close();
  }

  /** Before a user signs in; {@code -empty} shows the user who is signed in. */
  private static void signIn(Chromium chromium, VigieStack vigie, Look look) {
    Page page = chromium.open(vigie.url(Port.DASHBOARD) + "/sign-in", look);
    page.locator("#token").fill("eyJhbGciOiJSUzI1NiJ9.what-is-cut-off");
    page.locator("form button").click();
    assertThat(page.locator("main [data-notice=error]")).isVisible();
    shoot(page, "sign-in", look);
    page.context().close();
  }

  private static String token(VigieStack vigie, String page, String unit) {
    return vigie
        .issuer()
        .token(
            page.equals("patrol")
                ? Grant.of(Role.PATROL, unit).within("48.5,1.9,49.2,2.9")
                : Grant.of(Role.ADMIN, "ada"));
  }

  /** On a desk all of the page, on a phone what is seen first. */
  private static void shoot(Page page, String name, Look look) {
    String suffix = look == Look.LIGHT ? "" : "-" + look.name().toLowerCase(Locale.ROOT);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("screenshots", name + suffix + ".png"))
            .setFullPage(look.isDesk() && !name.startsWith("patrol")));
  }
}
