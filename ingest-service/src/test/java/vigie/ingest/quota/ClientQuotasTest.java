// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import vigie.ingest.model.Configs;
import vigie.ingest.model.IngestConfig;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;
import vigie.ingest.model.SenderIdentity;

class ClientQuotasTest {

  private static final int BURST = 10_000;
  private static final int LARGEST_BODY = 40_000;
  private static final int MOST_RECORDS = 100;

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000);
  private final IngestConfig config =
      Configs.of(
          Map.of(
              "vigie.ingest.max-body-size", Integer.toString(LARGEST_BODY),
              "vigie.ingest.max-records", Integer.toString(MOST_RECORDS),
              "vigie.ingest.client-rate", "1000",
              "vigie.ingest.client-burst", Integer.toString(BURST),
              "vigie.ingest.client-records", "0",
              "vigie.ingest.student-records", "10",
              "vigie.ingest.student-records-burst", "50",
              "vigie.ingest.refused-tokens", "1",
              "vigie.ingest.refused-tokens-burst", "10",
              "vigie.ingest.max-clients", "100"));
  private final ClientQuotas clients = new ClientQuotas(config, nanos::get);
  private final StudentQuotas students = new StudentQuotas(config, nanos::get);

  @Test
  void aRequestLargerThanWhatIsLeftIsTakenAndTheNextWaitsUntilItIsPaid() throws Exception {
    send("greedy", 9_000);
    send("greedy", 30_000);

    RequestException refused = assertThrows(RequestException.class, () -> send("greedy", 1));

    assertEquals(RequestError.RATE_EXCEEDED, refused.error());
    Duration wait = refused.retryAfter().orElseThrow();
    assertEquals(29_000, wait.toMillis());
    nanos.addAndGet(wait.toNanos());
    send("greedy", 1);
  }

  @Test
  void oneClientsDebtIsNotAnothers() throws Exception {
    send("greedy", 39_000);
    send("modest", 100);
    assertThrows(RequestException.class, () -> send("greedy", 1));
    send("modest", 100);
  }

  @Test
  void smallRequestsAreNotForFree() throws Exception {
    for (long paid = 0; paid < BURST; paid += RequestMeter.LEAST_BYTES) {
      send("busy", 0);
    }
    assertThrows(RequestException.class, () -> send("busy", 0));
  }

  /** What is declared costs nothing: only what arrives does, and of many at once the first. */
  @Test
  void bodiesArePaidAsTheyArriveAndManyAtOnceOweNoMoreThanTheLargest() throws Exception {
    RequestMeter[] open = new RequestMeter[20];
    for (int i = 0; i < open.length; i++) {
      open[i] = begin("crowd");
      nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    }
    int arrived = 0;
    RequestException refused = null;
    while (refused == null) {
      try {
        open[arrived % open.length].arrived(1_000);
        arrived++;
      } catch (RequestException e) {
        refused = e;
      }
    }
    assertEquals(RequestError.RATE_EXCEEDED, refused.error());
    assertTrue(arrived * 1_000 < BURST + LARGEST_BODY + 25_000, "arrived " + arrived);
  }

  /** 1 KB that becomes 40 KB costs 40 KB, and not 41. */
  @Test
  void aCompressedBodyCostsWhatItIsDecoded() throws Exception {
    RequestMeter meter = begin("clever");
    meter.arrived(1_000);
    meter.decoded(20_000);
    meter.decoded(LARGEST_BODY);
    RequestException refused = assertThrows(RequestException.class, () -> begin("clever"));
    assertEquals(30_000, refused.retryAfter().orElseThrow().toMillis());
  }

  @Test
  void aRequestThatIsRefusedCostsNothing() throws Exception {
    send("greedy", 30_000);
    for (int i = 0; i < 1_000; i++) {
      assertThrows(RequestException.class, () -> send("greedy", 1_000));
    }
    RequestException refused = assertThrows(RequestException.class, () -> send("greedy", 1));
    assertEquals(20_000, refused.retryAfter().orElseThrow().toMillis());
  }

  @Test
  void beforeItsTokenIsAcceptedABodyCostsItsClientNothing() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      RequestMeter meter = new RequestMeter();
      meter.arrived(5_000);
      meter.decoded(50_000);
    }
    send("school", 1);
  }

  @Test
  void aStudentsRecordsAreCountedWhoeverSendsThem() throws Exception {
    sendRecords("s-1", 60);

    RequestException refused = assertThrows(RequestException.class, () -> sendRecords("s-1", 1));

    assertEquals(RequestError.RECORD_RATE_EXCEEDED, refused.error());
    assertEquals(1_000, refused.retryAfter().orElseThrow().toMillis());
    sendRecords("s-2", 60);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos() + 1);
    sendRecords("s-1", 1);
  }

  @Test
  void manyRequestsAtOnceMayNotHaveMoreRecordsThanTheLargestOne() throws Exception {
    RequestMeter[] open = new RequestMeter[8];
    for (int i = 0; i < open.length; i++) {
      open[i] = begin("s", SenderIdentity.laptopOf("s-3"));
    }
    int refused = 0;
    for (RequestMeter meter : open) {
      try {
        records(meter, 60);
      } catch (RequestException e) {
        refused++;
      }
    }
    assertEquals(6, refused);
  }

  @Test
  void aNameIsCutSoThatItFillsNoMemory() {
    assertEquals(SenderLimits.key("x".repeat(500)), SenderLimits.key("x".repeat(8_000)));
  }

  @Test
  void onlyThisMachineIsExempt() {
    assertTrue(ClientQuotas.isThisMachine("127.0.0.1"));
    assertTrue(ClientQuotas.isThisMachine("0:0:0:0:0:0:0:1"));
    assertFalse(ClientQuotas.isThisMachine("10.127.0.1"));
    assertFalse(ClientQuotas.isThisMachine("2001:db8:0:0:0:0:0:1"));
  }

  private void send(String client, int bytes) throws RequestException {
    begin(client).arrived(bytes);
  }

  private void sendRecords(String student, int records) throws RequestException {
    records(begin("school", SenderIdentity.laptopOf(student)), records);
    nanos.addAndGet(1);
  }

  private static void records(RequestMeter meter, int records) throws RequestException {
    for (int i = 0; i < records; i++) {
      meter.record();
    }
    meter.end();
  }

  private RequestMeter begin(String client) throws RequestException {
    return begin(client, SenderIdentity.ANYBODY);
  }

  private RequestMeter begin(String client, SenderIdentity sender) throws RequestException {
    RequestMeter meter = new RequestMeter();
    meter.accept(clients.named(client).quota(), students.quota(sender));
    return meter;
  }
}
