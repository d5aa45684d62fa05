// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.dashboard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import vigie.command.MarkdownTable;

/**
 * Drags the map of an exercise with very many places about, by the mouse, and tells how Chromium
 * kept up: by the page's animation frames, and by Chromium's own trace of its main thread.
 */
final class MapPan implements Section {

  private static final String EXERCISE = "c-map";
  private static final int RESOLUTION = 7;
  private static final int WAITS_BETWEEN_MOVES_MILLIS = 12;
  private static final double TURN = 0.12;
  private static final int RADIUS = 160;
  private static final double MICROS = 1000;
  private static final Set<String> TASKS = Set.of("FunctionCall", "FireAnimationFrame");

  /** Notes the instants of all frames, milliseconds, until {@code window.over} is set. */
  private static final String FRAMES =
      """
      () => {
        window.frames_ = [];
        const frame = (at) => { frames_.push(at); if (!window.over) requestAnimationFrame(frame); };
        requestAnimationFrame(frame);
      }""";

  private final MarkdownTable table =
      new MarkdownTable(
          "cells",
          "zoomed in",
          "seconds",
          "frames/s",
          "in the worst second",
          "longest gap ms",
          "longest task ms",
          "frames drawn",
          "dropped");
  private final Chromium browser;
  private final DashboardEnvironment environment;
  private final int seconds;
  private final int cells;

  MapPan(Chromium browser, DashboardEnvironment environment, int seconds, int cells) {
    this.browser = browser;
    this.environment = environment;
    this.seconds = seconds;
    this.cells = cells;
  }

  @Override
  public MarkdownTable table() {
    return table;
  }

  @Override
  public void measure() throws Exception {
    environment.publisher().places(EXERCISE, RESOLUTION, cells);
    environment.publisher().exercise(EXERCISE);
    environment.publisher().publish();
    Page page = browser.open(environment.url("/?exercise=" + EXERCISE));
    page.locator("[data-resolution='" + RESOLUTION + "']").click();
    page.waitForSelector("#map[data-places='" + cells + "'] canvas");
    table.add(row(page, 0));
    for (int times = 1; times <= 2; times++) {
      page.locator(".zoom button").nth(1).click();
      page.locator(".zoom button").nth(1).click();
      table.add(row(page, 2 * times));
    }
    page.context().close();
  }

  private String[] row(Page page, int zoom) throws IOException {
    page.locator("#map").scrollIntoViewIfNeeded();
    page.evaluate("() => { window.over = false; }");
    page.evaluate(FRAMES);
    byte[] trace = browser.traced(page, () -> drag(page));
    page.evaluate("() => { window.over = true; }");
    List<Double> frames = new ArrayList<>();
    for (Object at : (List<?>) page.evaluate("() => frames_")) {
      frames.add(((Number) at).doubleValue());
    }
    Trace told = Trace.read(trace);
    return new String[] {
      String.format(Locale.ROOT, "%,d", cells),
      zoom == 0 ? "no" : zoom + " times",
      Integer.toString(seconds),
      String.format(Locale.ROOT, "%.0f", frames.size() / ((last(frames) - frames.get(0)) / 1000)),
      Integer.toString(worstSecond(frames)),
      String.format(Locale.ROOT, "%.0f", longestGap(frames)),
      String.format(Locale.ROOT, "%.0f", told.longestTaskMicros() / MICROS),
      Integer.toString(told.count("DrawFrame")),
      Integer.toString(told.count("DroppedFrame"))
    };
  }

  /** In circles, as fast as the page takes the moves in. */
  private void drag(Page page) {
    BoundingBox box = page.locator("#map").boundingBox();
    double x = box.x + box.width / 2;
    double y = box.y + box.height / 2;
    page.mouse().move(x, y);
    page.mouse().down();
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    for (double angle = 0; System.nanoTime() < end; angle += TURN) {
      page.mouse().move(x + RADIUS * Math.sin(angle), y + RADIUS * (1 - Math.cos(angle)) / 2);
      page.waitForTimeout(WAITS_BETWEEN_MOVES_MILLIS);
    }
    page.mouse().up();
  }

  private static int worstSecond(List<Double> frames) {
    Map<Long, Integer> bySecond = new HashMap<>();
    frames.forEach(at -> bySecond.merge((long) ((at - frames.get(0)) / 1000), 1, Integer::sum));
    long complete = (long) ((last(frames) - frames.get(0)) / 1000);
    int worst = Integer.MAX_VALUE;
    for (long second = 0; second < complete; second++) {
      worst = Math.min(worst, bySecond.getOrDefault(second, 0));
    }
    return worst;
  }

  private static double longestGap(List<Double> frames) {
    double longest = 0;
    for (int i = 1; i < frames.size(); i++) {
      longest = Math.max(longest, frames.get(i) - frames.get(i - 1));
    }
    return longest;
  }

  private static double last(List<Double> frames) {
    return frames.get(frames.size() - 1);
  }

  /** What is of interest in a trace: how often each event came, and how long a task took. */
  private record Trace(Map<String, Integer> counts, double longestTaskMicros) {

    static Trace read(byte[] json) throws IOException {
      Map<String, Integer> counts = new HashMap<>();
      double longest = 0;
      try (JsonParser parser = new JsonFactory().createParser(json)) {
        while (parser.nextToken() != null && !"traceEvents".equals(parser.currentName())) {}
        parser.nextToken();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          String name = "";
          double micros = 0;
          while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("name")) {
              name = parser.getText();
            } else if (field.equals("dur")) {
              micros = parser.getDoubleValue();
            } else if (value.isStructStart()) {
              parser.skipChildren();
            }
          }
          counts.merge(name, 1, Integer::sum);
          if (TASKS.contains(name)) {
            longest = Math.max(longest, micros);
          }
        }
      }
      return new Trace(counts, longest);
    }

    int count(String name) {
      return counts.getOrDefault(name, 0);
    }
  }
}
