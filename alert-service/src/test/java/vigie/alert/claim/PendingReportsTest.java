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
import org.junit.jupiter.api.Test;

class PendingReportsTest {

  private static final Claim CLAIM =
      new Claim(new UUID(0, 1), "s1", "e1", 10, 45, 4, "unit", Instant.EPOCH, Optional.empty());

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
    assertEquals(
        List.of(new ReportOutbox.Due("2-0", CLAIM), new ReportOutbox.Due("4-0", CLAIM)),
        found.due());
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
