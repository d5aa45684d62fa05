// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.claim;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vigie.alert.claim.ReportOutbox.Due;

/**
 * Entries of the stream of what is due.
 *
 * @param due those that can be sent
 * @param last the id of the last entry, whatever it is; empty without entries
 * @param unreadable what is wrong with each of the others, which must not keep these waiting
 */
record PendingReports(List<Due> due, Optional<String> last, List<String> unreadable) {

  static PendingReports of(Response entries) {
    List<Due> due = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    String last = null;
    for (Response entry : entries) {
      last = entry.get(0).toString();
      try {
        Due report = new Due(last, ClaimHash.read(entry.get(1)).orElseThrow());
        // Also what cannot be written is of no use.
        var unused = report.record();
        due.add(report);
      } catch (RuntimeException e) {
        unreadable.add("%s: %s".formatted(last, e));
      }
    }
    return new PendingReports(due, Optional.ofNullable(last), unreadable);
  }
}
