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
import vigie.ingest.model.Refusal;
import vigie.ingest.model.RefusedException;
import vigie.ingest.model.Sender;

class FairShareTest {

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
  private final FairShare clients = new FairShare(config, nanos::get);
  private final StudentAccounts students = new StudentAccounts(config, nanos::get);

  @Test
  void aRequestLargerThanWhatIsLeftIsTakenAndTheNextWaitsUntilItIsPaid() throws Exception {
    send("greedy", 9_000);
    send("greedy", 30_000);

    RefusedException refused = assertThrows(RefusedException.class, () -> send("greedy", 1));

    assertEquals(Refusal.RATE_EXCEEDED, refused.refusal());
    Duration wait = refused.retryAfter().orElseThrow();
    assertEquals(29_000, wait.toMillis());
    nanos.addAndGet(wait.toNanos());
    send("greedy", 1);
  }

  @Test
  void oneClientsDebtIsNotAnothers() throws Exception {
    send("greedy", 39_000);
    send("modest", 100);
    assertThrows(RefusedException.class, () -> send("greedy", 1));
    send("modest", 100);
  }

  @Test
  void smallRequestsAreNotForFree() throws Exception {
    for (long paid = 0; paid < BURST; paid += Charge.LEAST_BYTES) {
      send("busy", 0);
    }
    assertThrows(RefusedException.class, () -> send("busy", 0));
  }

  /** What is declared costs nothing: only what arrives does, and of many at once the first. */
  @Test
  void bodiesArePaidAsTheyArriveAndManyAtOnceOweNoMoreThanTheLargest() throws Exception {
    Charge[] open = new Charge[20];
    for (int i = 0; i < open.length; i++) {
      open[i] = begin("crowd");
      nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    }
    int arrived = 0;
    RefusedException refused = null;
    while (refused == null) {
      try {
        open[arrived % open.length].arrived(1_000);
        arrived++;
      } catch (RefusedException e) {
        refused = e;
      }
    }
    assertEquals(Refusal.RATE_EXCEEDED, refused.refusal());
    assertTrue(arrived * 1_000 < BURST + LARGEST_BODY + 25_000, "arrived " + arrived);
  }

  /** 1 KB that becomes 40 KB costs 40 KB, and not 41. */
  @Test
  void aCompressedBodyCostsWhatItIsDecoded() throws Exception {
    Charge charge = begin("clever");
    charge.arrived(1_000);
    charge.decoded(20_000);
    charge.decoded(LARGEST_BODY);
    RefusedException refused = assertThrows(RefusedException.class, () -> begin("clever"));
    assertEquals(30_000, refused.retryAfter().orElseThrow().toMillis());
  }

  @Test
  void aRequestThatIsRefusedCostsNothing() throws Exception {
    send("greedy", 30_000);
    for (int i = 0; i < 1_000; i++) {
      assertThrows(RefusedException.class, () -> send("greedy", 1_000));
    }
    RefusedException refused = assertThrows(RefusedException.class, () -> send("greedy", 1));
    assertEquals(20_000, refused.retryAfter().orElseThrow().toMillis());
  }

  @Test
  void beforeItsTokenIsAcceptedABodyCostsItsClientNothing() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      Charge charge = new Charge();
      charge.arrived(5_000);
      charge.decoded(50_000);
    }
    send("school", 1);
  }

  @Test
  void aStudentsRecordsAreCountedWhoeverSendsThem() throws Exception {
    sendRecords("s-1", 60);

    RefusedException refused = assertThrows(RefusedException.class, () -> sendRecords("s-1", 1));

    assertEquals(Refusal.RECORD_RATE_EXCEEDED, refused.refusal());
    assertEquals(1_000, refused.retryAfter().orElseThrow().toMillis());
    sendRecords("s-2", 60);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos() + 1);
    sendRecords("s-1", 1);
  }

  @Test
  void manyRequestsAtOnceMayNotHaveMoreRecordsThanTheLargestOne() throws Exception {
    Charge[] open = new Charge[8];
    for (int i = 0; i < open.length; i++) {
      open[i] = begin("s", Sender.laptopOf("s-3"));
    }
    int refused = 0;
    for (Charge charge : open) {
      try {
        records(charge, 60);
      } catch (RefusedException e) {
        refused++;
      }
    }
    assertEquals(6, refused);
  }

  @Test
  void aNameIsCutSoThatItFillsNoMemory() {
    assertEquals(Limits.key("x".repeat(500)), Limits.key("x".repeat(8_000)));
  }

  @Test
  void onlyThisMachineIsExempt() {
    assertTrue(FairShare.isThisMachine("127.0.0.1"));
    assertTrue(FairShare.isThisMachine("0:0:0:0:0:0:0:1"));
    assertFalse(FairShare.isThisMachine("10.127.0.1"));
    assertFalse(FairShare.isThisMachine("2001:db8:0:0:0:0:0:1"));
  }

  private void send(String client, int bytes) throws RefusedException {
    begin(client).arrived(bytes);
  }

  private void sendRecords(String student, int records) throws RefusedException {
    records(begin("school", Sender.laptopOf(student)), records);
    nanos.addAndGet(1);
  }

  private static void records(Charge charge, int records) throws RefusedException {
    for (int i = 0; i < records; i++) {
      charge.record();
    }
    charge.end();
  }

  private Charge begin(String client) throws RefusedException {
    return begin(client, Sender.ANYBODY);
  }

  private Charge begin(String client, Sender sender) throws RefusedException {
    Charge charge = new Charge();
    charge.accept(clients.named(client).account(), students.account(sender));
    return charge;
  }
}
