// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;

/** What axe-core finds wrong for people who do not see, hear or point as others do. */
final class Accessibility {

  private static final String VIOLATIONS =
      """
      () => axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`)))""";

  private Accessibility() {}

  /** In both appearances. */
  static void assertNothingWrong(Page page) {
    page.evaluate(AxeBuilder.getAxeScript());
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      assertEquals(List.of(), page.evaluate(VIOLATIONS), () -> page.url() + " in " + scheme);
    }
  }
}
