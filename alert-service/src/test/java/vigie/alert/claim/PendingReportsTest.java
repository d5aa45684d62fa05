// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.BulkType;
import io.vertx.redis.client.impl.types.MultiType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import vigie.alert.kafka.Topics;
import vigie.alert.patrol.protocol.AlertView;
import vigie.events.Alert;

class PendingReportsTest {

  private static final Claim CLAIM =
      new Claim(new UUID(0, 1), 1, "s1", "e1", 10, 45, 4, "unit", Instant.EPOCH, Optional.empty());

  private static final AlertView ALERT =
      new AlertView(
          new UUID(0, 1),
          new UUID(0, 2),
          "s1",
          "e1",
          10,
          40,
          3,
          45,
          4,
          Instant.EPOCH,
          Instant.EPOCH,
          null);

  @Test
  void anEntryThatCannotBeReadIsSaidAndTheOthersAreDue() {
    List<String> noDate = new ArrayList<>(ClaimHash.write(CLAIM));
    noDate.set(noDate.size() - 1, "yesterday");
    List<String> noStudent = new ArrayList<>(ClaimHash.write(CLAIM));
    noStudent.subList(2, 4).clear();
    PendingReports found =
        PendingReports.of(
            of(
                entry("1-0", noDate),
                entry("2-0", ClaimHash.write(CLAIM)),
                entry("3-0", noStudent),
                entry("4-0", ClaimHash.write(CLAIM)),
                entry("5-0", List.of("a", "b"))));
    assertEquals(List.of(due("2-0", Optional.empty()), due("4-0", Optional.empty())), found.due());
    assertEquals(Optional.of("5-0"), found.last());
    assertEquals(
        List.of("1-0", "3-0", "5-0"),
        found.unreadable().stream().map(said -> said.substring(0, 3)).toList());
  }

  @Test
  void whereThereIsNothingNothingIsRead() {
    assertEquals(
        new PendingReports(List.of(), Optional.empty(), List.of()), PendingReports.of(of()));
    assertTrue(PendingReports.of(of(entry("1-0", List.of()))).due().isEmpty());
  }

  @Test
  void anAlertThatWasGivenBackIsRaisedAgainWithItsReport() {
    Alert again = ALERT.escalated(Instant.EPOCH.plusSeconds(60));
    List<String> fields = new ArrayList<>(List.of("again", PendingReports.text(again)));
    fields.addAll(ClaimHash.write(CLAIM));
    PendingReports found = PendingReports.of(of(entry("1-0", fields)));
    assertEquals(List.of(due("1-0", Optional.of(again))), found.due());
    assertEquals(
        List.of(Topics.DEPLOYMENTS, Topics.ALERTS),
        found.due().get(0).records().map(ProducerRecord::topic).toList());
    fields.set(1, "AAAA");
    assertEquals(1, PendingReports.of(of(entry("1-0", fields))).unreadable().size());
  }

  private static ReportOutbox.Due due(String id, Optional<Alert> again) {
    return new ReportOutbox.Due(id, CLAIM, again);
  }

  private static Response entry(String id, List<String> fields) {
    return of(text(id), of(fields.stream().map(PendingReportsTest::text).toArray(Response[]::new)));
  }

  private static Response text(String text) {
    return BulkType.create(Buffer.buffer(text), false);
  }

  private static Response of(Response... parts) {
    MultiType all = MultiType.create(parts.length, false);
    for (Response part : parts) {
      all.add(part);
    }
    return all;
  }
}
