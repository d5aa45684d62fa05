// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.issuer.Grant;
import vigie.issuer.Issuer;
import vigie.issuer.Role;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/** A user opens the page in a real browser, with a token or without. */
@ExtendWith({RunningVigie.class, RunningChromium.class})
class SignInPageIT {

  private static final Pattern SIGN_IN = Pattern.compile(".*/sign-in(\\?.*)?$");

  /** Of every token: an encoded brace and quote. */
  private static final String BEGINNING = "eyJ";

  private final VigieStack vigie;
  private final Chromium chromium;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> urls = new ArrayList<>();
  @TempDir private Path folder;

  SignInPageIT(VigieStack vigie, Chromium chromium) {
    this.vigie = vigie;
    this.chromium = chromium;
  }

  @AfterEach
  void nothingWentWrongAndNoTokenWasInAnAddress() {
    assertEquals(List.of(), complaints);
    urls.forEach(url -> assertFalse(url.contains(BEGINNING), url));
  }

  @Test
  void whoIsNotSignedInIsAskedToAndComesBackByKeyboardAlone() {
    Page page = watched(chromium.open(url("/thresholds?lang=en")));
    assertThat(page).hasURL(SIGN_IN);
    assertThat(page.locator("#token")).isVisible();
    Accessibility.assertNothingWrong(page);

    page.locator("#token").focus();
    page.keyboard().insertText(token(Role.ADMIN));
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(url("/thresholds?lang=en"));
    assertThat(page.locator("#thresholds-state")).hasAttribute("data-state", "live");

    page.locator("a.who").press("Enter");
    assertThat(page.locator("#subject")).hasText("ada");
    assertThat(page.locator("#roles")).hasText("admin");
    assertThat(page.locator("#until")).isVisible();
    Accessibility.assertNothingWrong(page);
    page.locator("[data-action=sign-out]").press("Enter");
    assertThat(page.locator("#token")).isFocused();
    page.navigate(url("/thresholds"));
    assertThat(page).hasURL(SIGN_IN);
  }

  @Test
  void aLinkBringsATokenAndOneSignInIsForAllTabs() {
    Page page = watched(chromium.open("about:blank"));
    page.navigate(url("/sign-in?lang=en#" + token(Role.STAFF)));
    assertThat(page).hasURL(url("/sign-in?lang=en"));
    assertThat(page.locator("#token")).hasValue(Pattern.compile(BEGINNING + ".*"));
    page.locator("form button").click();
    assertThat(page.locator("#freshness")).isVisible();

    Page tab = watched(page.context().newPage());
    tab.navigate(url("/thresholds"));
    assertThat(tab.locator("#thresholds-state")).hasAttribute("data-state", "live");
    tab.navigate(url("/sign-in"));
    tab.locator("[data-action=sign-out]").click();
    assertThat(page).hasURL(SIGN_IN);
  }

  @Test
  void whatIsNoTokenAndWhatIsForgedIsSaidToBe() {
    Page page = watched(chromium.open(url("/sign-in?lang=fr")));
    Locator problem = page.locator("[role=alert] [data-notice=error]");
    give(page, "<img src=x onerror=alert(1)>");
    assertThat(problem).containsText("Ceci n’est pas un jeton");
    assertThat(page.locator("#token")).isFocused();
    give(page, Issuer.in(folder).token(Role.ADMIN, "eve"));
    assertThat(problem).containsText("n’est pas accepté");
    Accessibility.assertNothingWrong(page);
    give(page, "Bearer " + token(Role.STAFF));
    assertThat(page.locator("#freshness")).isVisible();
  }

  @Test
  void aTokenThatExpiresEndsTheVisitAndANewOneGoesOnWhereItWas() {
    Grant shortly = Grant.of(Role.STAFF, "ada").lasting(Duration.ofSeconds(6));
    Page page = watched(chromium.open(url("/sign-in")));
    give(page, vigie.issuer().token(shortly));
    assertThat(page.locator("#freshness")).isVisible();
    page.navigate(url("/exercises/c-pointers"));
    assertThat(page.locator("#freshness")).isVisible();

    assertThat(page).hasURL(SIGN_IN);
    assertThat(page.locator("main [data-notice=error]")).isVisible();
    give(page, token(Role.STAFF));
    assertThat(page).hasURL(url("/exercises/c-pointers"));
    assertThat(page.locator("#freshness")).isVisible();
  }

  @Test
  void aPatrolUnitIsToldThatFiguresAndThresholdsAreNotForIt() {
    for (String path : List.of("/", "/pipeline", "/exercises/c-pointers", "/thresholds")) {
      Page page = watched(chromium.open(url(path), token(Role.PATROL)));
      assertThat(page.locator("[data-forbidden]")).containsText("ada (patrol unit)");
      assertThat(page.locator("table")).hasCount(0);
      Accessibility.assertNothingWrong(page);
      page.context().close();
    }
  }

  @Test
  void staffSeeThresholdsAndAreToldThatTheyCannotChangeThem() {
    Page page = watched(chromium.open(url("/thresholds"), token(Role.STAFF)));
    assertThat(page.locator("#thresholds-state")).hasAttribute("data-state", "live");
    assertThat(page.locator("#read-only")).containsText("ada (staff)");
    assertThat(page.locator("main :is(input:not([type=search]), [data-action]:not(.pager *))"))
        .hasCount(0);
    Accessibility.assertNothingWrong(page);
  }

  @Test
  void whoIsNoPatrolUnitIsToldSoOnThePatrolsPage() {
    Page page = watched(chromium.open(url("/patrol?unit=unit-1"), token(Role.ADMIN)));
    assertThat(page.locator("[data-forbidden]")).containsText("ada (admin)");
    assertThat(page.locator("#patrol-state")).hasCount(0);
  }

  /** Neither what was taken nor what was refused. */
  @Test
  void noTokenIsInAnyLog() throws Exception {
    Page patrol = watched(chromium.open(url("/patrol"), token(Role.PATROL)));
    assertThat(patrol.locator("#patrol-state")).hasAttribute("data-connection", "connected");
    Page forged = watched(chromium.open(url("/"), Issuer.in(folder).token(Role.STAFF, "eve")));
    assertThat(forged).hasURL(SIGN_IN);
    try (Stream<Path> logs = Files.list(vigie.dashboard().process().log().getParent())) {
      for (Path log : logs.toList()) {
        String text = Files.readString(log, StandardCharsets.ISO_8859_1);
        assertFalse(text.contains(BEGINNING), log::toString);
      }
    }
  }

  private Page watched(Page page) {
    page.onPageError(complaints::add);
    page.onRequest(request -> urls.add(request.url()));
    page.onWebSocket(socket -> urls.add(socket.url()));
    return page;
  }

  private static void give(Page page, String token) {
    page.locator("#token").fill(token);
    page.locator("form button").click();
  }

  private String url(String path) {
    return vigie.url(Port.DASHBOARD) + path;
  }

  private String token(Role role) {
    return vigie.issuer().token(role, "ada");
  }
}
