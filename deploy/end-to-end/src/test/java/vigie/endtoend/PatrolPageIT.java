// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vigie.issuer.Grant;
import vigie.issuer.Role;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/** Two patrol units on their phones, in a real browser. */
@ExtendWith({RunningVigie.class, RunningChromium.class})
class PatrolPageIT {

  /** No other test has results in Corsica. */
  private static final String CORSICA = "41.3,8.5,43.1,9.6";

  private final VigieStack vigie;
  private final Chromium chromium;
  private final List<String> complaints = new ArrayList<>();

  PatrolPageIT(VigieStack vigie, Chromium chromium) {
    this.vigie = vigie;
    this.chromium = chromium;
  }

  @Test
  void anAlertIsClaimedWithATapAndTheOtherUnitSeesItAcrossARestart() throws Exception {
    new Thresholds(vigie).put("page-patrol", 40);
    Page one = open("page-unit-1");
    Page two = open("page-unit-2");

    fail("first");
    assertThat(alert(one, "first")).hasAttribute("data-standing", "open");
    assertThat(alert(one, "first").locator(".distance")).containsText("km");
    assertThat(one.locator("#near")).hasAttribute("data-here", "known");
    one.locator("vigie-patrol-near summary").click();
    assertThat(one.locator("#near canvas")).isVisible();
    Accessibility.assertNothingWrong(one);

    alert(one, "first").locator("[data-action=claim]").click();
    assertThat(alert(one, "first")).hasAttribute("data-standing", "mine");
    assertThat(alert(two, "first")).hasAttribute("data-standing", "other");
    assertThat(alert(two, "first")).containsText("page-unit-1");
    Accessibility.assertNothingWrong(one);

    alert(one, "first").locator("[data-action=release]").click();
    assertThat(alert(two, "first")).containsText("page-unit-1 gave it back");
    assertThat(alert(two, "first")).hasAttribute("data-standing", "open");
    alert(one, "first").locator("[data-action=claim]").click();
    assertThat(alert(two, "first")).hasAttribute("data-standing", "other");

    vigie.alert().stop();
    assertThat(state(one)).hasAttribute("data-connection", "lost");
    fail("second");
    vigie.alert().start();
    vigie.alert().awaitReady();
    assertThat(state(one)).hasAttribute("data-connection", "connected");
    assertThat(alert(one, "second")).hasAttribute("data-standing", "open");

    alert(one, "first").locator("[data-outcome=helped]").click();
    assertThat(alert(one, "first")).hasAttribute("data-standing", "resolved");
    assertThat(alert(two, "first")).hasAttribute("data-standing", "resolved");

    two.reload();
    two.locator("[data-show=all]").click();
    assertThat(alert(two, "first")).hasAttribute("data-standing", "resolved");
    assertThat(alert(two, "second")).hasAttribute("data-standing", "open");
    assertEquals(List.of(), complaints);
  }

  private Page open(String unit) {
    Page page =
        chromium.open(
            vigie.url(Port.DASHBOARD) + "/patrol",
            Look.PHONE,
            vigie.issuer().token(Grant.of(Role.PATROL, unit).within(CORSICA)));
    page.onPageError(complaints::add);
    assertThat(state(page)).hasAttribute("data-connection", "connected");
    return page;
  }

  private static Locator state(Page page) {
    return page.locator("#patrol-state");
  }

  private static Locator alert(Page page, String student) {
    return page.locator(".cards li")
        .filter(new Locator.FilterOptions().setHasText("page-" + student));
  }

  /** A result below the threshold. */
  private void fail(String student) throws Exception {
    String result =
        """
        {"timestamp":"%s","studentId":"page-%s","exerciseId":"page-patrol",
         "latitude":41.92,"longitude":8.74,"score":12.5}\
        """
            .formatted(Instant.now(), student);
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(vigie.url(Port.INGEST) + "/v1/results"))
                    .header("Content-Type", "application/json")
                    .header(
                        "Authorization",
                        "Bearer " + vigie.issuer().token(Role.LAPTOP, "page-" + student))
                    .POST(HttpRequest.BodyPublishers.ofString(result))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(202, answer.statusCode(), answer.body());
  }
}
