// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A unit's phone on a bad day. */
@ExtendWith({RunningChromium.class, RunningPages.class})
class CrowdedPatrolIT {

  /** The phone is in Paris, see {@link Look}. */
  private static final double HERE = 48.8566;

  private static final double FAR = 48.95;
  private static final double NETWORK_MILLIS = 5000;
  private static final String UNDER_THE_THUMB =
      "([x, y]) => document.elementFromPoint(x, y)?.closest('button')?.dataset.action ?? ''";

  private static final String KEPT = "() => caches.match('/patrol').then(Boolean)";

  private static final String KEPT_OF_USERS =
      """
      () => caches.open('vigie-patrol').then((cache) => cache.keys())
        .then((all) => all.map(({ url }) => new URL(url).pathname).filter((path) => path.startsWith('/v1/')))""";

  private static final String RELEASED = "2026-06-15T09:00:00Z";

  private final Chromium chromium;
  private final PagesAlone pages;
  private final RecordedAnswers answers = new RecordedAnswers(12, 0);

  CrowdedPatrolIT(Chromium chromium, PagesAlone pages) {
    this.chromium = chromium;
    this.pages = pages;
  }

  @Test
  void aFirstSignInShowsTheOpenOnesOfTheLastHourTheNearestFirstAndCountsTruly() {
    Page page = open("");
    answers.alert(0, 5_000, FAR);
    answers.alert(5_000, 5_001, HERE);
    assertThat(page.locator("#dropped")).hasAttribute("data-dropped", "4501");
    assertThat(page.locator("#dropped")).containsText("5001 came; this phone keeps 500");
    assertThat(page.locator("#missed")).hasCount(0);
    Locator cards = page.locator("#patrol-alerts > li");
    assertThat(cards).hasCount(20);
    assertThat(cards.first()).hasAttribute("data-alert-id", "alert-5000");
    BoundingBox first = cards.first().boundingBox();
    assertTrue(first.y < page.viewportSize().height, "The first card begins at " + first.y);
    int height = (Integer) page.evaluate("() => document.documentElement.scrollHeight");
    assertTrue(height <= 5000, "The page is " + height + " px high");
    Accessibility.assertNothingWrong(page);
    page.locator("[data-action=more]").click();
    assertThat(cards).hasCount(40);
  }

  @Test
  void whatAnotherUnitHasTakenWaitsBehindAll() {
    Page page = open("");
    answers.alert(0, 10, FAR);
    assertThat(page.locator("[data-alert-id=alert-9]")).hasAttribute("data-standing", "open");
    answers.claimed("alert-9", "unit-2");
    assertThat(page.locator("[data-alert-id=alert-9]")).hasAttribute("data-standing", "other");
    page.locator("[data-action=tidy]").click();
    assertThat(page.locator("[data-alert-id=alert-8]")).isVisible();
    assertThat(page.locator("[data-alert-id=alert-9]")).hasCount(0);
    page.locator("[data-show=all]").click();
    assertThat(page.locator("[data-alert-id=alert-9]")).hasAttribute("data-standing", "other");
  }

  @Test
  void aClaimedCardStaysUnderTheThumbAndIsSentOnlyAfterTheTimeToUndoIt() {
    Page page = open("");
    answers.alert(0, 5, FAR);
    Locator card = page.locator("[data-alert-id=alert-2]");
    Locator claim = card.locator("[data-action=claim]");
    claim.scrollIntoViewIfNeeded();
    BoundingBox button = claim.boundingBox();
    double top = card.boundingBox().y;
    claim.click();
    assertThat(card).hasAttribute("data-standing", "undoable");
    assertThat(card).isFocused();
    answers.alert(5, 8, HERE);
    assertThat(page.locator("[data-alert-id=alert-7]")).isVisible();
    assertEquals(top, card.boundingBox().y, 1.5);
    List<Double> thumb = List.of(button.x + button.width / 2, button.y + button.height / 2);
    assertEquals("", page.evaluate(UNDER_THE_THUMB, thumb));
    Accessibility.assertNothingWrong(page);

    card.locator("[data-action=undo]").click();
    assertThat(card).hasAttribute("data-standing", "open");
    assertEquals(List.of(), answers.sent);

    claim.click();
    assertThat(card).hasAttribute("data-standing", "asked");
    assertEquals(1, answers.sent.size(), () -> answers.sent.toString());
    assertTrue(answers.sent.get(0).contains("\"alert-2\""), answers.sent.get(0));
    assertThat(card).isFocused();
  }

  @Test
  void aClaimIsGivenBackAndAnotherUnitMayTakeTheAlert() {
    Page page = open("");
    answers.alert(0, 2, FAR);
    answers.claimed("alert-1", "unit-1");
    Locator card = page.locator("[data-alert-id=alert-1]");
    assertThat(card).hasAttribute("data-standing", "mine");
    Accessibility.assertNothingWrong(page);
    card.locator("[data-action=release]").click();
    assertThat(card).hasAttribute("data-standing", "asked");
    assertThat(card).isFocused();
    assertEquals(
        List.of(
            "{\"type\":\"release\",\"alertId\":\"alert-1\",\"cursor\":\"c1\",\"claimNumber\":1}"),
        answers.sent);

    answers.claim("released", "alert-1", "unit-1", 1, Map.of("releasedAt", RELEASED));
    assertThat(card).hasAttribute("data-standing", "open");
    assertThat(card).containsText("You gave it back");
    Accessibility.assertNothingWrong(page);
    answers.claimed("alert-1", "unit-1");
    answers.claimed("alert-0", "unit-2");
    assertThat(page.locator("[data-alert-id=alert-0]")).hasAttribute("data-standing", "other");
    assertThat(card).hasAttribute("data-standing", "open");
    answers.claim("claimed", "alert-1", "unit-2", 2, Map.of("cursor", "c"));
    assertThat(card).hasAttribute("data-standing", "other");
  }

  @Test
  void aMissingNetworkIsSaidWithinFiveSeconds() {
    Page page = open("");
    page.context().setOffline(true);
    assertThat(state(page))
        .hasAttribute(
            "data-connection", "lost", new HasAttributeOptions().setTimeout(NETWORK_MILLIS));
    page.context().setOffline(false);
    assertThat(state(page)).hasAttribute("data-connection", "connected");
  }

  @Test
  void whereNothingAnswersAReloadShowsTheOpenAlerts(@TempDir Path other) throws IOException {
    Page page = chromium.withServiceWorker(Look.PHONE);
    try (PagesAlone dying = new PagesAlone(other)) {
      answers.answer(page);
      page.navigate(dying.url("/patrol?unit=unit-1"));
      assertThat(state(page)).hasAttribute("data-connection", "connected");
      answers.alert(0, 3, HERE);
      assertThat(page.locator("#patrol-alerts > li")).hasCount(3);
      page.waitForCondition(() -> (Boolean) page.evaluate(KEPT));
    }
    page.reload();
    assertThat(page.locator("#patrol-alerts > li")).hasCount(3);
    assertThat(page.locator("#patrol-alerts > li").first()).hasAttribute("data-standing", "open");
    assertThat(page.locator("#patrol-alerts > li").first()).containsText("Paris");
    assertThat(state(page)).hasAttribute("data-connection", "lost");
    assertEquals(List.of(), page.evaluate(KEPT_OF_USERS));
  }

  @Test
  void theBrowserOffersToInstallThePage() {
    Page page = chromium.withServiceWorker(Look.PHONE);
    show(page, "");
    CDPSession browser = page.context().newCDPSession(page);
    JsonArray errors =
        browser.send("Page.getInstallabilityErrors").getAsJsonArray("installabilityErrors");
    // A test's page is always a private one.
    errors.forEach(
        error ->
            assertEquals("in-incognito", error.getAsJsonObject().get("errorId").getAsString()));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux; Android 15; Pixel 9, geo:48.8566",
    "iPhone; CPU iPhone OS 18_0 like Mac OS X, maps:?daddr=48.8566",
    "X11; Linux x86_64, https://www.openstreetmap.org/directions?to=48.8566",
  })
  void directionsAreForTheDevice(String device, String beginning) {
    Page page = chromium.open("about:blank", Look.PHONE);
    page.addInitScript(
        "Object.defineProperty(navigator, 'userAgent', { get: () => 'Mozilla/5.0 (%s)' })"
            .formatted(device));
    show(page, "");
    answers.alert(0, 1, HERE);
    String way = page.locator("#patrol-alerts a.way").getAttribute("href");
    assertTrue(way.startsWith(beginning), way);
  }

  @Test
  void theFrenchOutcomeNotFoundSaysNotFound() {
    Page page = open("&lang=fr");
    answers.alert(0, 1, HERE);
    answers.claimed("alert-0", "unit-1");
    assertThat(page.locator("[data-outcome=not-found]")).hasText("Introuvable");
    Accessibility.assertNothingWrong(page);
  }

  private Page open(String more) {
    Page page = chromium.open("about:blank", Look.PHONE);
    show(page, more);
    return page;
  }

  private void show(Page page, String more) {
    answers.answer(page);
    page.navigate(pages.url("/patrol?unit=unit-1" + more));
    assertThat(state(page)).hasAttribute("data-connection", "connected");
  }

  private static Locator state(Page page) {
    return page.locator("#patrol-state");
  }
}
