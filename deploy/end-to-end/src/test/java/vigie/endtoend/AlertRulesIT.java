// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;

/** A rule about a metric that no part exports would never wake an operator. */
@ExtendWith(RunningVigie.class)
class AlertRulesIT {

  private static final String KAFKA = "kafka";
  private static final Set<String> ELSEWHERE = Set.of("machine", "kubernetes");

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void everyMetricOfARuleIsExportedByThePartThatTheRuleNames(VigieStack vigie) throws Exception {
    Map<String, String> exported =
        new HashMap<>(
            Map.of(
                KAFKA,
                scrape(exporterOf(vigie)),
                "ingest-service",
                scrape(vigie.url(Port.INGEST_MANAGEMENT) + "/q/metrics"),
                "alert-service",
                scrape(vigie.url(Port.ALERT_MANAGEMENT) + "/q/metrics"),
                "archive-service",
                scrape(vigie.url(Port.ARCHIVE) + "/q/metrics"),
                "analytics-job",
                scrape(vigie.url(Port.ANALYTICS) + "/q/metrics"),
                "dashboard-service",
                scrape(vigie.url(Port.DASHBOARD_MANAGEMENT) + "/q/metrics")));
    for (AlertRules.Rule rule : AlertRules.read().all()) {
      if (!ELSEWHERE.contains(rule.part())) {
        String metrics = exported.get(rule.part());
        for (String metric : rule.metrics()) {
          assertTrue(
              Pattern.compile("(?m)^" + metric + "[ {]").matcher(metrics).find(),
              () -> "%s: %s does not export %s".formatted(rule.alert(), rule.part(), metric));
        }
        for (Pattern series : rule.series()) {
          assertTrue(
              series.matcher(metrics).find(),
              () -> "%s: %s has no %s".formatted(rule.alert(), rule.part(), series));
        }
      }
    }
  }

  /** Loads the exporter into the broker, as its command line would. */
  private static String exporterOf(VigieStack vigie) throws Exception {
    int port = Ports.ephemeral().of(Port.KAFKA);
    long broker = vigie.kafka().brokers().get(0).process().pid();
    VirtualMachine machine = VirtualMachine.attach(Long.toString(broker));
    try {
      machine.loadAgent(
          agent(),
          "127.0.0.1:%d:%s"
              .formatted(port, Facts.ROOT.resolve("config/kafka/jmx.yaml").toRealPath()));
    } finally {
      machine.detach();
    }
    return "http://127.0.0.1:" + port + "/metrics";
  }

  private static String agent() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar -> jar.contains("jmx_prometheus_javaagent"))
        .findFirst()
        .orElseThrow();
  }

  private String scrape(String url) throws Exception {
    var answer =
        http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    assertTrue(answer.statusCode() == 200, () -> url + " answers " + answer.statusCode());
    return answer.body();
  }
}
