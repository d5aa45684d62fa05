// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vigie.analytics.archive.AsOf;
import vigie.analytics.publish.BatchSequence;
import vigie.analytics.publish.Publication;
import vigie.analytics.publish.Publisher;

class HttpEndpointTest {

  private final Health health = new Health();
  private final Metrics metrics = new Metrics();
  private HttpEndpoint endpoint;

  @BeforeEach
  void open() throws Exception {
    endpoint = new HttpEndpoint("127.0.0.1", 0, health, metrics);
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Test
  void readinessSaysWhatIsWaitedFor() throws Exception {
    assertEquals(503, get("/q/health/started").statusCode());
    health.waiting("waiting for PostgreSQL");
    HttpResponse<String> ready = get("/q/health/ready");
    assertEquals(503, ready.statusCode());
    assertTrue(ready.body().contains("waiting for PostgreSQL"), ready.body());
    assertEquals(200, get("/q/health/started").statusCode());
    assertEquals(200, get("/q/health/live").statusCode());
  }

  @Test
  void aPublishedBatchIsReadyAndCounted() throws Exception {
    metrics.published(
        new Publication(new UUID(1, 1), 7, asOf(5), Optional.empty(), Map.of(), Map.of()),
        new Publisher.Result(BatchSequence.NEXT, 12),
        1_500_000_000L);
    health.published(7);
    assertEquals(200, get("/q/health/ready").statusCode());
    String text = get("/q/metrics").body();
    for (String line :
        new String[] {
          "vigie_analytics_batch_id 7.0",
          "vigie_analytics_rows_total 12.0",
          "vigie_analytics_as_of_seconds 5.0",
          "vigie_analytics_batch_seconds_count 1",
          "vigie_analytics_batch_seconds_sum 1.5"
        }) {
      assertTrue(text.contains(line), line + " in " + text);
    }
  }

  @Test
  void figuresWithoutNewsAreOfALaterInstant() throws Exception {
    metrics.confirmed(7, asOf(65));
    metrics.confirmed(7, new AsOf(Optional.empty(), "exam.results"));
    String text = get("/q/metrics").body();
    assertTrue(text.contains("vigie_analytics_batch_id 7.0"), text);
    assertTrue(text.contains("vigie_analytics_as_of_seconds 65.0"), text);
    assertTrue(text.contains("vigie_analytics_batch_seconds_count 0"), text);
  }

  private static AsOf asOf(long seconds) {
    return new AsOf(Optional.of(Instant.ofEpochSecond(seconds)), "exam.results, partition 0");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path))
                .build(),
            BodyHandlers.ofString());
  }
}
