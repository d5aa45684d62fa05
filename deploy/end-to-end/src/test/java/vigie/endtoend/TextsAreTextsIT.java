// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.FilePayload;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vigie.issuer.Grant;
import vigie.issuer.Role;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/** The pages show a user's text to other users as it was written, and the text does nothing. */
@ExtendWith({RunningVigie.class, RunningChromium.class})
class TextsAreTextsIT {

  /** What would run in a page that took it for markup, in several ways at once. */
  private static final String MARKUP =
      "=1+'\"><img src=x onerror=window.taken=1><script>window.taken=1</script>${window.taken=1}";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final IsVisibleOptions PATIENTLY = new IsVisibleOptions().setTimeout(120_000);

  private final VigieStack vigie;
  private final Chromium chromium;
  private final List<String> complaints = new ArrayList<>();

  TextsAreTextsIT(VigieStack vigie, Chromium chromium) {
    this.vigie = vigie;
    this.chromium = chromium;
  }

  @Test
  void noFieldIsTakenForMarkupAndNoCellForAFormula() throws Exception {
    Page thresholds = open("/thresholds", Role.ADMIN, MARKUP);
    thresholds.locator("[name=exercise]").fill(MARKUP);
    thresholds.locator("[name=threshold]").fill("40");
    thresholds.locator("[data-action=add]").click();
    assertThat(thresholds.locator("#changes .who").getByText(MARKUP).first()).isVisible();
    byte[] sheet =
        ("exerciseId,threshold\n\"" + MARKUP.replace("\"", "\"\"") + "\",200\n")
            .getBytes(StandardCharsets.UTF_8);
    thresholds.locator("#sheet").setInputFiles(new FilePayload("s.csv", "text/csv", sheet));
    assertThat(thresholds.locator("#sheet-lines").getByText(MARKUP)).isVisible();
    assertGuarded(thresholds, "vigie-exercises .csv");

    post(
        "/v1/results",
        Map.of("exerciseId", MARKUP, "score", 12.5, "latitude", 48.85, "longitude", 2.35));
    post("/v1/activity", Map.of("type", "PAGE_VIEW", "page", MARKUP));
    Page patrol = open("/patrol", Role.PATROL, "texts-unit");
    Locator card =
        patrol.locator(".cards li").filter(new Locator.FilterOptions().setHasText(MARKUP));
    assertThat(card).isVisible(PATIENTLY);
    assertThat(card).containsText("student " + MARKUP);

    Page overview =
        open(
            "/?exercise=" + encoded(MARKUP) + "&resolution=" + encoded(MARKUP), Role.STAFF, MARKUP);
    assertThat(overview.locator("#success-rates").getByText(MARKUP).first()).isVisible(PATIENTLY);
    assertThat(overview.locator("#alerts").getByText(MARKUP).first()).isVisible(PATIENTLY);
    assertThat(overview.locator("#activity").getByText(MARKUP).first()).isVisible(PATIENTLY);
    assertThat(overview.locator("#exercise")).hasValue(MARKUP);
    assertGuarded(overview, "vigie-success-rates .csv");
    assertGuarded(overview, "vigie-activity .csv");

    Page exercise = open("/exercises/" + encoded(MARKUP), Role.STAFF, MARKUP);
    assertThat(exercise.locator("#exercise-title")).hasText(MARKUP);
    Page signIn = open("/sign-in?lang=" + encoded(MARKUP), Role.STAFF, MARKUP);
    assertThat(signIn.locator("#subject")).hasText(MARKUP);
    // Each object of a page has it.
    Page inherited = open("/sign-in?lang=constructor", Role.STAFF, "constructor");
    assertThat(inherited.locator("#subject")).hasText("constructor");

    for (Page page : List.of(thresholds, patrol, overview, exercise, signIn, inherited)) {
      assertEquals(null, page.evaluate("() => window.taken"), page.url());
      assertThat(page.locator("img, body script")).hasCount(0);
    }
    assertEquals(List.of(), complaints);
  }

  /** The file that is saved has our text behind an apostrophe, which spreadsheets know. */
  private static void assertGuarded(Page page, String button) throws Exception {
    Download saved = page.waitForDownload(() -> page.locator(button).click());
    String table = Files.readString(saved.path());
    assertTrue(table.contains("\"'=1+"), table);
    assertFalse(table.contains(",=1+") || table.contains("\"=1+"), table);
  }

  private Page open(String path, Role role, String subject) {
    String token = vigie.issuer().token(Grant.of(role, subject));
    Page page = chromium.open(vigie.url(Port.DASHBOARD) + path, token);
    page.onPageError(complaints::add);
    page.onDialog(dialog -> complaints.add(dialog.message()));
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            complaints.add(message.text());
          }
        });
    return page;
  }

  private void post(String path, Map<String, Object> own) throws Exception {
    Map<String, Object> event = new HashMap<>(own);
    event.put("timestamp", Instant.now().toString());
    event.put("studentId", MARKUP);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(vigie.url(Port.INGEST) + path))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + vigie.issuer().token(Role.LAPTOP, MARKUP))
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(event)))
            .build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertEquals(202, answer.statusCode(), answer.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
