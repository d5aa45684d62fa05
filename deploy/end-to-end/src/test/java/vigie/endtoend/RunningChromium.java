// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a {@link Chromium} of its own. All tests share one headless browser, the
 * machine's own, which may talk to nothing but Vigie. It is started by the first test that wants it
 * and ends after the last. Playwright is for one thread: JUnit runs all tests on the same.
 */
final class RunningChromium implements ParameterResolver {

  private static final Namespace STORE = Namespace.create(RunningChromium.class);
  private static final Path PROGRAM =
      Path.of(System.getProperty("vigie.chromium", "/usr/bin/chromium"));
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** What a page shows by itself may take this long, on a machine that does much else. */
  private static final double PATIENCE_MILLIS = Duration.ofSeconds(30).toMillis();

  private record Started(Playwright playwright, Browser browser) implements AutoCloseable {

    @Override
    public void close() {
      playwright.close();
    }
  }

  /** A test's pages are closed after the test, also those of its constructor's parameter. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Chromium.class;
  }

  @Override
  public Chromium resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Started started =
        context
            .getRoot()
            .getStore(STORE)
            .computeIfAbsent(Started.class, key -> start(), Started.class);
    return context
        .getStore(STORE)
        .computeIfAbsent(Chromium.class, key -> new Chromium(started.browser()), Chromium.class);
  }

  private static Started start() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Started(
        playwright,
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(PROGRAM).setArgs(ARGUMENTS)));
  }
}
