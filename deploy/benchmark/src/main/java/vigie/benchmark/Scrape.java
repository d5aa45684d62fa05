// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Histograms of alert-service at one instant: by metric and upper bound, how many were not above.
 */
public record Scrape(Map<String, NavigableMap<Double, Double>> histograms) {

  private static final Pattern BUCKET =
      Pattern.compile("(\\w+)_bucket\\{.*le=\"([^\"]+)\".*} (\\S+)");

  /** Reads the text format of Prometheus. */
  public static Scrape of(String text) {
    Map<String, NavigableMap<Double, Double>> histograms = new TreeMap<>();
    for (Matcher bucket : (Iterable<Matcher>) text.lines().map(BUCKET::matcher)::iterator) {
      if (bucket.matches()) {
        String bound = bucket.group(2).replace("+Inf", "Infinity");
        histograms
            .computeIfAbsent(bucket.group(1), name -> new TreeMap<>())
            .merge(Double.valueOf(bound), Double.valueOf(bucket.group(3)), Double::sum);
      }
    }
    return new Scrape(histograms);
  }

  /** What was counted since {@code before}, which was taken from the same process. */
  public NavigableMap<Double, Double> since(Scrape before, String metric) {
    NavigableMap<Double, Double> counted = new TreeMap<>(histograms.get(metric));
    before
        .histograms
        .getOrDefault(metric, new TreeMap<>())
        .forEach((bound, count) -> counted.merge(bound, -count, Double::sum));
    return counted;
  }

  /** The least bound that holds this share, 0 to 1, of all that was counted. */
  public static double quantile(NavigableMap<Double, Double> counted, double share) {
    double needed = share * counted.lastEntry().getValue();
    return counted.entrySet().stream()
        .filter(bucket -> bucket.getValue() >= needed)
        .findFirst()
        .orElseThrow()
        .getKey();
  }
}
