// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;

/** What axe-core finds wrong for people who do not see, hear or point as others do. */
final class Accessibility {

  /**
   * Takes the rules, all by default. Without {@code resultTypes}, axe makes a selector of each node
   * that passes, which takes four fifths of its time.
   */
  private static final String VIOLATIONS =
      """
      (runOnly) => axe.run({ resultTypes: ['violations'], ...(runOnly && { runOnly }) })
        .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`)))""";

  private static final List<String> COLOUR_RULES = List.of("color-contrast");

  private Accessibility() {}

  /** In both appearances: the dark one has the elements of the light one in other colours. */
  static void assertNothingWrong(Page page) {
    page.evaluate(AxeBuilder.getAxeScript());
    assertNothingWrong(page, ColorScheme.LIGHT, null);
    assertNothingWrong(page, ColorScheme.DARK, COLOUR_RULES);
  }

  private static void assertNothingWrong(Page page, ColorScheme scheme, List<String> rules) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    assertEquals(List.of(), page.evaluate(VIOLATIONS, rules), () -> page.url() + " in " + scheme);
  }
}
