// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * The pages of one test, each in a browser context of its own; {@link RunningChromium} gives it.
 */
final class Chromium implements AutoCloseable {

  /** An empty page has no storage. */
  private static final String SIGNED_IN =
      "if (location.protocol !== 'about:') localStorage.setItem('vigie-token', '%s')";

  private final Browser browser;
  private final List<BrowserContext> contexts = new ArrayList<>();

  Chromium(Browser browser) {
    this.browser = browser;
  }

  /** A page without history, and without a user who has signed in. */
  Page open(String url) {
    return open(url, Look.LIGHT);
  }

  Page open(String url, Look look) {
    Page page = newPage(look);
    page.navigate(url);
    return page;
  }

  /** A page of a user who has signed in with {@code token}. */
  Page open(String url, String token) {
    return open(url, Look.LIGHT, token);
  }

  Page open(String url, Look look, String token) {
    Page page = newPage(look);
    page.addInitScript(SIGNED_IN.formatted(token));
    page.navigate(url);
    return page;
  }

  /** A page on which no Content-Security-Policy counts. */
  Page openWithoutPolicy(String url) {
    Page page = newPage(Look.LIGHT.options().setBypassCSP(true));
    page.navigate(url);
    return page;
  }

  /** An empty page whose next one may have a service worker. */
  Page withServiceWorker(Look look) {
    return newPage(look.options().setServiceWorkers(ServiceWorkerPolicy.ALLOW));
  }

  private Page newPage(Look look) {
    return newPage(look.options());
  }

  private Page newPage(Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    contexts.add(context);
    return context.newPage();
  }

  @Override
  public void close() {
    contexts.forEach(BrowserContext::close);
  }
}
