// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vigie.issuer.Role;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;
import vigie.stack.redis.RedisNode;

/** Staff change thresholds in a real browser; alert-service is another origin. */
@ExtendWith({RunningVigie.class, RunningChromium.class})
class ThresholdsPageIT {

  private final VigieStack vigie;
  private final Chromium chromium;
  private final Thresholds thresholds;
  private final List<String> complaints = new ArrayList<>();
  private Page page;

  ThresholdsPageIT(VigieStack vigie, Chromium chromium) {
    this.vigie = vigie;
    this.chromium = chromium;
    this.thresholds = new Thresholds(vigie);
  }

  @BeforeEach
  void openThePage() {
    page =
        chromium.open(
            vigie.url(Port.DASHBOARD) + "/thresholds", vigie.issuer().token(Role.ADMIN, "Ada"));
    page.onPageError(complaints::add);
    assertThat(page.locator("#thresholds-state")).hasAttribute("data-state", "live");
  }

  @AfterEach
  void nothingWentWrongInThePage() {
    assertEquals(List.of(), complaints);
  }

  @Test
  void aChangeMadeInThePageIsInAlertServiceAndNotedWithItsName() throws Exception {
    add("page-new", "40");
    assertThat(row("page-new")).hasAttribute("data-version", "1");

    row("page-new").locator("[data-action=edit]").press("Enter");
    page.keyboard().type("45,5");
    page.keyboard().press("Enter");
    assertThat(row("page-new")).hasAttribute("data-version", "2");
    assertThat(row("page-new").locator("[data-action=edit]")).isFocused();
    assertHolds("page-new", "45.5");
    assertThat(page.locator("#changes [data-exercise=page-new][data-version='2'] .who"))
        .containsText("Ada");

    row("page-new").locator("[data-action=edit]").click();
    choose("page-new", "wish-to-delete");
    choose("page-new", "delete");
    assertThat(row("page-new")).hasCount(0);
    assertTrue(thresholds.get("page-new").contains("no-threshold"));
    Accessibility.assertNothingWrong(page);
  }

  @Test
  void somebodyElsesChangeIsShownAndNeverOverwrittenUnasked() throws Exception {
    add("page-conflict", "40");
    row("page-conflict").locator("[data-action=edit]").click();
    thresholds.put("page-conflict", 60);
    page.keyboard().type("50");
    choose("page-conflict", "save");

    Locator verdict = editing("page-conflict").locator(".verdict");
    assertThat(verdict).containsText("60");
    assertHolds("page-conflict", "60.0");
    Accessibility.assertNothingWrong(page);

    choose("page-conflict", "insist");
    assertThat(row("page-conflict")).hasAttribute("data-version", "3");
    assertHolds("page-conflict", "50.0");
  }

  @Test
  void aChangeThatCouldNotBeMadeSaysSoAndIsSentAgain() throws Exception {
    add("page-again", "40");
    RedisNode replica = vigie.redis().replica(0);
    replica.freeze();
    try {
      row("page-again").locator("[data-action=edit]").click();
      page.keyboard().type("41");
      choose("page-again", "save");
      assertThat(editing("page-again").locator("[data-action=again]")).isVisible();
      Accessibility.assertNothingWrong(page);
    } finally {
      replica.resume();
    }
    Locator again = editing("page-again").locator("[data-action=again]");
    await()
        .pollInSameThread()
        .until(
            () -> {
              if (again.isVisible()) {
                again.click();
              }
              return editing("page-again").count() == 0;
            });
    assertHolds("page-again", "41.0");
    assertThat(row("page-again")).hasAttribute("data-version", "2");
  }

  @Test
  void aSheetSaysWhatBecameOfEachLine() throws Exception {
    byte[] sheet =
        "exerciseId,threshold\npage-a,10\npage-b,much\n".getBytes(StandardCharsets.UTF_8);
    page.locator("#sheet").setInputFiles(new FilePayload("sheet.csv", "text/csv", sheet));
    page.getByLabel("Find an exercise").fill("page-a");
    assertThat(page.locator("#sheet-lines [data-line='2']")).hasAttribute("data-status", "200");
    assertThat(page.locator("#sheet-lines [data-line='3']")).hasAttribute("data-status", "400");
    assertThat(row("page-a")).hasAttribute("data-version", "1");
    assertHolds("page-a", "10.0");
    String saved =
        page.waitForDownload(() -> page.locator("vigie-exercises .csv").click())
            .suggestedFilename();
    assertEquals("thresholds.csv", saved);
  }

  private void add(String exercise, String threshold) {
    page.locator("[name=exercise]").fill(exercise);
    page.locator("[name=threshold]").fill(threshold);
    page.locator("[data-action=add]").click();
    assertThat(row(exercise).locator("[data-action=edit]")).isVisible();
  }

  private void choose(String exercise, String action) {
    editing(exercise).locator("[data-action=%s]".formatted(action)).click();
  }

  private Locator row(String exercise) {
    return page.locator("tr:not(.editing)[data-exercise=%s]".formatted(exercise));
  }

  private Locator editing(String exercise) {
    return page.locator("tr.editing[data-exercise=%s]".formatted(exercise));
  }

  private void assertHolds(String exercise, String threshold) throws Exception {
    String held = thresholds.get(exercise);
    assertTrue(held.contains("\"threshold\":%s,".formatted(threshold)), held);
  }
}
