// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of staff with as much as an exam of all France has, and with the longest names. */
@ExtendWith({RunningChromium.class, RunningPages.class})
class CrowdedPagesIT {

  private static final int HIGHEST = 5000;
  private static final int MOST_TAB_STOPS = 150;
  private static final String TAB_STOPS =
      "() => document.querySelectorAll('a[href], button, input, select, [tabindex=\"0\"]').length";

  /** What reaches beyond its section or beyond the page. */
  private static final String OUT_OF_PLACE =
      """
      () => [document.documentElement, ...document.querySelectorAll('main section, .masthead')]
        .flatMap((box) => {
          const { left, right } = box.getBoundingClientRect();
          return [...box.querySelectorAll('button, input, select, th, td, bdi, p')]
            .filter((one) => !one.closest('.unseen, .skip') && one.checkVisibility())
            .filter((one) => one.getBoundingClientRect().right > right + 1
              || one.getBoundingClientRect().left < left - 1)
            .map((one) => `${one.localName} ${one.className} ${one.textContent.slice(0, 40)}`);
        })""";

  /** A stream that opens and then says nothing, as that of a server that froze. */
  private static final String SILENT_STREAM =
      """
      window.streams = 0;
      const answered = window.fetch;
      window.fetch = (url, options) => {
        if (!String(url).endsWith('/v1/live')) return answered(url, options);
        window.streams++;
        return Promise.resolve(new Response(new ReadableStream({
          start: (stream) => options.signal?.addEventListener('abort',
            () => stream.error(options.signal.reason)),
        })));
      };""";

  private final Chromium chromium;
  private final PagesAlone pages;

  /** As many as have every kind of name and fill a page; some tests have a crowd. */
  private RecordedAnswers answers = new RecordedAnswers(60, 60);

  CrowdedPagesIT(Chromium chromium, PagesAlone pages) {
    this.chromium = chromium;
    this.pages = pages;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/exercises/0", "/thresholds"})
  void noNamePutsAnythingOutOfPlace(String path) {
    for (Look look : List.of(Look.LIGHT, Look.PHONE)) {
      Page page = open(path.replace("0", RecordedAnswers.NAMES.get(0)), look);
      assertThat(page.locator(":is(#success-rates, #thresholds, .exercise-name) bdi").first())
          .isVisible();
      assertEquals(List.of(), page.evaluate(OUT_OF_PLACE), look + " " + path);
      Accessibility.assertNothingWrong(page);
      page.context().close();
    }
  }

  @Test
  void aNameShowsWhatCannotBeSeenAndKeepsItsDirection() {
    Page page = open("/", Look.LIGHT);
    Locator name = page.locator("#success-rates bdi", containing("desrever"));
    assertThat(name).hasText("[U+202E]desrever[U+200B]");
    assertThat(name).hasCSS("unicode-bidi", "isolate");
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "PHONE"})
  void aPageStaysAPageAndShowsWhatHappensNow(Look look) {
    answers = new RecordedAnswers(3_000, 10_000);
    Page page = open("/", look);
    assertThat(page.locator("#success-rates tbody tr")).hasCount(10);
    assertThat(page.locator("#failure-places")).isVisible();
    double twoScreens = 2 * page.viewportSize().height;
    for (String part : List.of("#alerts li", "#map")) {
      double top = page.locator(part).first().boundingBox().y;
      assertTrue(top < twoScreens, part + " begins at " + top);
    }
    assertNoTower(page);
    assertNoTower(open("/thresholds", look));
  }

  private static void assertNoTower(Page page) {
    assertThat(page.locator("tbody tr").first()).isVisible();
    int height = (Integer) page.evaluate("() => document.documentElement.scrollHeight");
    assertTrue(height <= HIGHEST, page.url() + " is " + height + " px high");
    int stops = (Integer) page.evaluate(TAB_STOPS);
    assertTrue(stops <= MOST_TAB_STOPS, page.url() + " has " + stops + " tab stops");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/thresholds"})
  void whatWasFoundSortedAndTurnedToIsInTheAddress(String path) {
    answers = new RecordedAnswers(3_000, 10_000);
    Page page = open(path, Look.LIGHT);
    page.getByLabel("Find an exercise").fill("EXERCISE-01");
    page.locator("th button.sort", containing("Results")).click();
    page.locator("[data-action=next]").click();
    Locator rows = page.locator("tbody tr[data-exercise]");
    assertThat(page.locator(".pager")).containsText("11 to 20 of 1,000");
    assertThat(rows.first()).hasAttribute("data-exercise", "c-exercise-01989");
    assertThat(page.locator("th[aria-sort]")).hasAttribute("aria-sort", "descending");

    page.reload();
    assertThat(rows.first()).hasAttribute("data-exercise", "c-exercise-01989");
    assertThat(page.getByLabel("Find an exercise")).hasValue("EXERCISE-01");
  }

  @Test
  void whatIsEditedIsInSightAndCanBeSavedByMouse() {
    answers = new RecordedAnswers(60, 10_000);
    Page page = open("/thresholds?q=MMM", Look.LIGHT);
    page.locator("[data-action=edit]").click();
    page.locator("[data-action=save]").click(new Locator.ClickOptions().setTrial(true));
    page.getByLabel("Find an exercise").fill("00777");
    assertThat(page.locator("tr.editing input")).isInViewport();

    page.locator("[name=exercise]").fill("another");
    page.locator("[name=threshold]").fill("142");
    page.locator("[data-action=add]").click();
    assertThat(page.locator("#new-problem")).containsText("from 0 to 100");
    assertThat(page.locator("#new-problem")).isInViewport();
    assertThat(page.locator("[name=exercise]")).hasValue("another");
    assertThat(page.locator("[name=threshold]")).isFocused();
    Accessibility.assertNothingWrong(page);

    page.locator("[name=exercise]").fill("zz-last");
    page.locator("[name=threshold]").fill("42");
    page.locator("[data-action=add]").click();
    Locator edit = page.locator("tr.editing[data-exercise=zz-last]");
    assertThat(edit).isInViewport();
    assertThat(edit.locator(".verdict")).isFocused();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/app/parts/lamp.js", "/app/main.js", "/_static/lit/3.3.3/index.js"})
  void aModuleThatDoesNotLoadIsSaidAndCanBeTriedAgain(String module) {
    Page page = chromium.open("about:blank", Look.PHONE);
    answers.answer(page);
    page.route("**" + module, route -> route.abort());
    page.navigate(pages.url("/"));
    Locator again = page.locator("[data-action=reload]");
    assertThat(again).isVisible();
    assertThat(page.locator("#shell [role=alert]:visible")).containsText("did not load");
    Accessibility.assertNothingWrong(page);
    page.unroute("**" + module);
    again.click();
    assertThat(page.locator("#success-rates")).isVisible();
    assertThat(page.locator("#shell")).hasCount(0);
  }

  @Test
  void anExerciseHasATitleOfItsOwn() {
    assertThat(open("/exercises/c-exercise-00042", Look.LIGHT))
        .hasTitle(Pattern.compile("c-exercise-00042.*"));
  }

  @Test
  void figuresThatAreHeldBackAreNotLiveAndTheirPartitionIsNamed() {
    Locator freshness = openSilent("/").locator("#freshness");
    assertThat(freshness).hasAttribute("data-state", "live");
    answers.age = Duration.ofMinutes(20);
    freshness = openSilent("/").locator("#freshness");
    assertThat(freshness).hasAttribute("data-state", "stale");
    assertThat(freshness).containsText("exam.alerts, partition 2");
  }

  /** The server froze: neither end closes the connection. */
  @Test
  void aStreamThatIsSilentIsOpenedAgain() {
    Page page = chromium.open("about:blank", Look.LIGHT);
    page.clock().install();
    Page shown = silent(page, "/");
    assertThat(shown.locator("#freshness")).hasAttribute("data-state", "live");
    assertEquals(1, streams(shown));
    shown.clock().fastForward(44_000);
    assertEquals(1, streams(shown));
    shown.waitForCondition(
        () -> {
          shown.clock().runFor(1_000);
          return streams(shown) > 1;
        });
  }

  private static int streams(Page page) {
    return (Integer) page.evaluate("() => window.streams");
  }

  @Test
  void theSecondDayOfAnExamIsShownBesideTheFirst() {
    answers.minutes =
        List.of(
            minute("2026-06-15T09:00:00Z", 60),
            minute("2026-06-15T12:00:00Z", 60),
            minute("2026-06-16T09:00:00Z", 20));
    Page page = open("/exercises/c-exercise-00042", Look.LIGHT);
    Locator spans = page.locator("#minutes tbody tr");
    assertThat(spans).hasCount(3);
    assertThat(spans.first()).containsText("16 Jun");
    assertThat(spans.first()).containsText("20");
    assertThat(spans.last()).containsText("15 Jun");
  }

  @Test
  void whereTheThresholdChangedTheRateSaysSinceWhen() {
    answers.thresholdChange = new HashMap<>(Map.of("at", "2026-06-15T09:01:30Z", "threshold", 40));
    String change = "[data-figure='thresholdChange']";
    assertThat(open("/", Look.LIGHT).locator("#success-rates " + change).first())
        .containsText("Threshold changed on 15 Jun at ");
    answers.thresholdChange.put("threshold", null);
    assertThat(open("/exercises/c-exercise-00042", Look.LIGHT).locator(change))
        .containsText("Threshold deleted on 15 Jun at ");
  }

  @Test
  void chartsSayTheirScaleAndThePassMark() {
    answers.minutes = List.of(minute("2026-06-15T09:00:00Z", 700));
    answers.scores = List.of(Map.of("from", 40, "to", 50, "n", 33));
    Page page = open("/exercises/c-exercise-00042", Look.LIGHT);
    Locator minutes = page.locator("vigie-exercise-minutes svg");
    assertThat(minutes.locator(".tick")).hasText(new String[] {"500", "1,000"});
    assertThat(minutes.locator("title").last()).containsText("Results 700");
    Locator scores = page.locator("vigie-exercise-scores");
    assertThat(scores.locator(".tick")).hasText(new String[] {"25", "50"});
    assertThat(scores.locator("line.mark")).hasAttribute("x1", "50%");
    assertThat(scores.locator(".legend")).containsText("Pass mark 50");
  }

  @Test
  void placesOffTheMapAreNamedAndCounted() {
    answers.places =
        List.of(place("a", -20.9, 55.5), place("b", -21.3, 55.6), place("c", 48.9, 2.3));
    Page page = open("/exercises/c-exercise-00042", Look.LIGHT);
    assertThat(page.locator("#failure-places [data-cell=a]")).containsText("La Réunion");
    assertThat(page.locator("#off-map li")).hasCount(1);
    assertThat(page.locator("#off-map [data-territory='La Réunion']")).containsText("20 / 60");
    Accessibility.assertNothingWrong(page);
  }

  private static Object place(String cell, double latitude, double longitude) {
    return Map.of(
        "cell", cell, "latitude", latitude, "longitude", longitude, "n", 30, "failures", 10);
  }

  /** A spreadsheet takes the first bytes for the encoding, and in French other separators. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | id,rate,1 é\\r\\n\"1.5\",0.25,\"a,b\"",
        "fr | id;rate;1 é\\r\\n\"1.5\";0,25;\"a,b\""
      })
  void aTableIsSavedAsASpreadsheetOfThisLanguageOpensIt(String language, String saved)
      throws IOException {
    Page page = open("/?lang=" + language, Look.LIGHT);
    page.route(
        "**/v1/exercises/success-rates",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/csv;charset=UTF-8")
                    .setBody("id,rate,1 é\r\n\"1.5\",0.25,\"a,b\"\r\n")));
    Download download =
        page.waitForDownload(() -> page.locator("vigie-success-rates .csv").first().click());
    assertEquals(
        "\ufeff" + saved.replace("\\r\\n", "\r\n") + "\r\n", Files.readString(download.path()));
  }

  private static Object minute(String begin, int n) {
    return Map.of("begin", begin, "n", n, "mean", 50, "failures", 0);
  }

  private Page openSilent(String path) {
    return silent(chromium.open("about:blank", Look.LIGHT), path);
  }

  private Page silent(Page page, String path) {
    answers.answer(page);
    page.addInitScript(SILENT_STREAM);
    page.navigate(pages.url(path));
    return page;
  }

  private Page open(String path, Look look) {
    Page page = chromium.open("about:blank", look);
    answers.answer(page);
    page.navigate(pages.url(path));
    return page;
  }

  private static Page.LocatorOptions containing(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
