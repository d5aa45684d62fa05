// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.issuer.Role;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/** The JavaScript client of the patrols, in a real browser. */
@ExtendWith({RunningVigie.class, RunningChromium.class})
class BrowserUnitIT {

  private static final double PATIENCE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final VigieStack vigie;
  private final Chromium chromium;
  @TempDir private Path folder;

  BrowserUnitIT(VigieStack vigie, Chromium chromium) {
    this.vigie = vigie;
    this.chromium = chromium;
  }

  @Test
  void aUnitInABrowserGetsClaimsAndResolvesAlertsAndComesBackWithoutMissingAny() throws Exception {
    new Thresholds(vigie).put("browser", 40);
    RecordedExam exam = RecordedExam.of(11, 60, "browser");
    int failures = exam.idsBelow(40).size();
    // The policy of alert-service's answers loads no module; units' own pages have other policies.
    Page page = chromium.openWithoutPolicy(vigie.url(Port.ALERT) + "/q/openapi?format=json");
    page.evaluate(
        """
        async ([client, service, token]) => {
          const module = new Blob([client], { type: 'text/javascript' });
          const { PatrolClient } = await import(URL.createObjectURL(module));
          window.start = () => {
            const unit = new PatrolClient({ services: [service], unit: 'in-a-browser', token });
            unit.start();
            return unit;
          };
          window.unit = start();
          window.alerts = () =>
            [...unit.entries.values()].filter((e) => e.alert.exerciseId === 'browser');
        }\
        """,
        List.of(
            client(),
            vigie.url(Port.ALERT).replace("http", "ws"),
            vigie.issuer().token(Role.PATROL, "in-a-browser")));
    send(exam);
    awaitAlerts(page, failures);
    assertEquals(
        "claimed resolved already-resolved",
        page.evaluate(
            """
            async () => {
              const { id } = alerts()[0].alert;
              const claimed = await unit.claim(id);
              const resolved = await unit.resolve(id, 'helped');
              const again = await unit.resolve(id, 'otherwise');
              return [claimed.type, resolved.type, again.code].join(' ');
            }\
            """));
    page.waitForFunction("() => alerts()[0].claim?.outcome === 'helped'");

    RecordedExam later = RecordedExam.of(12, 60, "browser");
    page.evaluate("() => unit.close()");
    send(later);
    page.evaluate("() => { window.unit = start(); }");
    awaitAlerts(page, later.idsBelow(40).size());
    assertTrue((Boolean) page.evaluate("() => unit.state === 'connected'"));
  }

  private void send(RecordedExam exam) throws Exception {
    Replay.of(exam.writeTo(folder.resolve(exam.hashCode() + ".ndjson")), vigie, 300)
        .awaitAllAcknowledged();
  }

  private static void awaitAlerts(Page page, int count) {
    page.waitForFunction(
        "count => alerts().length >= count",
        count,
        new Page.WaitForFunctionOptions().setTimeout(PATIENCE_MILLIS));
  }

  /** The client's text, from where the dashboard serves it. */
  private String client() throws IOException, InterruptedException {
    URI address = URI.create(vigie.url(Port.DASHBOARD) + "/app/patrol/patrol-client.js");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
        .body();
  }
}
