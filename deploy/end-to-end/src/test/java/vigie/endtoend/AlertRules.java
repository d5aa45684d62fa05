// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code config/prometheus/alerts.yaml}; what Prometheus does not know is refused. */
record AlertRules(List<Group> groups) {

  static final Path FILE = Facts.ROOT.resolve("config/prometheus/alerts.yaml");

  private static final Pattern METRIC = Pattern.compile("\\b(?:vigie|kafka|node|kube)_[a-z0-9_]+");
  private static final Pattern SELECTOR =
      Pattern.compile("\\b([a-z0-9_]+)\\{([a-z]+)=~?\"([^\"]+)\"}");

  private static final Pattern ALTERNATIVES = Pattern.compile("\\|");

  record Group(String name, List<Rule> rules) {}

  /**
   * @param time for how long the expression must have held; null for no longer than a look
   */
  record Rule(
      String alert,
      String expr,
      @JsonProperty("for") String time,
      Map<String, String> labels,
      Map<String, String> annotations) {

    /** What exports its metrics. */
    String part() {
      return labels.get("part");
    }

    Set<String> metrics() {
      Set<String> metrics = new TreeSet<>();
      Matcher metric = METRIC.matcher(expr);
      while (metric.find()) {
        metrics.add(metric.group());
      }
      return metrics;
    }

    /** Each series that is selected by a label, as the start of a line of what is exported. */
    Set<Pattern> series() {
      Set<Pattern> series = new LinkedHashSet<>();
      Matcher selector = SELECTOR.matcher(expr);
      while (selector.find()) {
        String start = "(?m)^%s\\{.*\\b%s=".formatted(selector.group(1), selector.group(2));
        ALTERNATIVES
            .splitAsStream(selector.group(3))
            .map(value -> Pattern.compile(start + Pattern.quote('"' + value + '"')))
            .forEach(series::add);
      }
      return series;
    }
  }

  static AlertRules read() throws IOException {
    return YAMLMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build()
        .readValue(FILE.toFile(), AlertRules.class);
  }

  List<Rule> all() {
    return groups.stream().flatMap(group -> group.rules().stream()).toList();
  }
}
