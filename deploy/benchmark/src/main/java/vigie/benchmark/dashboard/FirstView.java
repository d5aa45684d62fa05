// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.dashboard;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import vigie.command.MarkdownTable;

/** What a browser that has never been here is sent before it shows each page, as it counts it. */
final class FirstView implements Section {

  private static final String[][] PAGES = {
    {"/", "#map[data-places='500'] canvas"},
    {"/exercises/" + Publisher.WATCHED, "#map[data-places='500'] canvas"},
    {"/pipeline", "#parts li"},
    {"/thresholds", "#thresholds-state"},
    {"/patrol?unit=unit-1", "#patrol-state"},
  };

  private static final String LIVE_STREAM = "/v1/live";

  private final MarkdownTable table =
      new MarkdownTable("first view of", "KB received, compressed", "answers", "shown after ms");
  private final Chromium browser;
  private final DashboardEnvironment environment;

  FirstView(Chromium browser, DashboardEnvironment environment) {
    this.browser = browser;
    this.environment = environment;
  }

  @Override
  public MarkdownTable table() {
    return table;
  }

  @Override
  public void measure() {
    for (String[] one : PAGES) {
      Page page = browser.open("about:blank");
      AtomicLong bytes = new AtomicLong();
      AtomicInteger answers = new AtomicInteger();
      Set<String> onTheirWay = new HashSet<>();
      CDPSession session = page.context().newCDPSession(page);
      session.on(
          "Network.requestWillBeSent",
          event -> {
            String url = event.getAsJsonObject("request").get("url").getAsString();
            if (!url.endsWith(LIVE_STREAM)) {
              onTheirWay.add(id(event));
            }
          });
      session.on("Network.loadingFailed", event -> onTheirWay.remove(id(event)));
      session.on(
          "Network.loadingFinished",
          event -> {
            bytes.addAndGet(event.get("encodedDataLength").getAsLong());
            answers.incrementAndGet();
            onTheirWay.remove(id(event));
          });
      session.send("Network.enable");
      long start = System.nanoTime();
      page.navigate(environment.url(one[0]));
      page.waitForSelector(one[1]);
      long nanos = System.nanoTime() - start;
      page.waitForCondition(onTheirWay::isEmpty);
      table.add(
          one[0],
          String.format(Locale.ROOT, "%.1f", bytes.get() / 1000.0),
          Integer.toString(answers.get()),
          String.format(Locale.ROOT, "%.0f", nanos / 1e6));
      page.context().close();
    }
  }

  private static String id(JsonObject event) {
    return event.get("requestId").getAsString();
  }
}
