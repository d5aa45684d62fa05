// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vigie.issuer.Role;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/** What an operator sees of the parts, in a real browser. */
@ExtendWith({RunningVigie.class, RunningChromium.class})
class PipelinePageIT {

  private static final HasAttributeOptions PATIENTLY = new HasAttributeOptions().setTimeout(60_000);

  @Test
  void aPartThatDiesIsShownAndItsReturnToo(VigieStack vigie, Chromium chromium) {
    Page page =
        chromium.open(
            vigie.url(Port.DASHBOARD) + "/pipeline", vigie.issuer().token(Role.STAFF, "ada"));
    for (String part : new String[] {"ingest-service", "alert-service", "analytics-job"}) {
      assertThat(of(page, part)).hasAttribute("data-state", "live", PATIENTLY);
    }
    assertThat(page.locator("#topics [data-topic='vigie.results']")).isVisible();
    Accessibility.assertNothingWrong(page);

    assertThat(of(page, "archive-service")).hasAttribute("data-state", "live", PATIENTLY);
    Locator figures = page.locator("#freshness");
    assertThat(figures).hasAttribute("data-state", "live", PATIENTLY);
    vigie.archive().kill();
    assertThat(of(page, "archive-service")).hasAttribute("data-state", "disconnected", PATIENTLY);
    assertThat(of(page, "ingest-service")).hasAttribute("data-state", "live");
    assertThat(figures).hasAttribute("data-state", "stale");
    assertThat(figures).containsText("archive-service");
    vigie.archive().restart();
    assertThat(of(page, "archive-service")).hasAttribute("data-state", "live", PATIENTLY);
    assertThat(figures).hasAttribute("data-state", "live", PATIENTLY);
  }

  private static Locator of(Page page, String part) {
    return page.locator("#parts [data-part='" + part + "']");
  }
}
