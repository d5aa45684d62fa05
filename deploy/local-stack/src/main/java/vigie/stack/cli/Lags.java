// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import vigie.stack.process.Http;

/**
 * How far the services are behind, as their metrics tell.
 *
 * @param alert where the metrics of alert-service are, and so on
 */
record Lags(String alert, String archive, String analytics, String dashboard, Clock clock) {

  List<String> lines() {
    return List.of(
        line(alert, "vigie_judging_lag", "judging is %.0f records behind"),
        line(archive, "vigie_archive_lag", "archiving is %.0f records behind"),
        line(analytics, "vigie_analytics_as_of_seconds", "figures are %.0f s old"),
        line(
            dashboard,
            "vigie_dashboard_unclaimed_seconds",
            "the oldest alert that no unit has claimed is %.0f s old"));
  }

  private String line(String service, String metric, String words) {
    try {
      double value = sum(Http.get(service + "/q/metrics").body(), metric);
      return words.formatted(metric.endsWith("_as_of_seconds") ? sinceEpoch(value) : value);
    } catch (IOException e) {
      return words.replaceFirst(" (is|are) .*", " $1 unknown");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return words.replaceFirst(" (is|are) .*", " $1 unknown");
    }
  }

  private double sinceEpoch(double second) {
    return clock.millis() / 1_000.0 - second;
  }

  /** Of all partitions and tables. */
  static double sum(String metrics, String name) throws IOException {
    Pattern line = Pattern.compile("^" + name + "(?:\\{[^}]*})? (\\S+)$", Pattern.MULTILINE);
    List<MatchResult> found = line.matcher(metrics).results().toList();
    if (found.isEmpty()) {
      throw new IOException(name + " is no metric yet");
    }
    return found.stream().mapToDouble(value -> Double.parseDouble(value.group(1))).sum();
  }
}
