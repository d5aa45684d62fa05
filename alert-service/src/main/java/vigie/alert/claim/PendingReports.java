// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.claim;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import vigie.alert.claim.ReportOutbox.Due;
import vigie.events.Alert;
import vigie.events.EventCodec;
import vigie.events.UndecodableEventException;

/**
 * Entries of the stream of what is due.
 *
 * @param due those that can be sent
 * @param last the id of the last entry, whatever it is; empty without entries
 * @param unreadable what is wrong with each of the others, which must not keep these waiting
 */
record PendingReports(List<Due> due, Optional<String> last, List<String> unreadable) {

  private static final EventCodec<Alert> ALERTS = EventCodec.of(Alert.class);
  private static final String AGAIN = "again";

  static PendingReports of(Response entries) {
    List<Due> due = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    String last = null;
    for (Response entry : entries) {
      last = entry.get(0).toString();
      try {
        Response fields = entry.get(1);
        Due report = new Due(last, ClaimHash.read(fields).orElseThrow(), again(fields));
        // Also what cannot be written is of no use.
        var unused = report.records();
        due.add(report);
      } catch (RuntimeException | UndecodableEventException e) {
        unreadable.add("%s: %s".formatted(last, e));
      }
    }
    return new PendingReports(due, Optional.ofNullable(last), unreadable);
  }

  /** An alert as the field of an entry. */
  static String text(Alert alert) {
    return Base64.getEncoder().encodeToString(ALERTS.encode(alert));
  }

  /** The alert that is raised again, as the script puts it first. */
  private static Optional<Alert> again(Response fields) throws UndecodableEventException {
    return fields.get(0).toString().equals(AGAIN)
        ? Optional.of(ALERTS.decode(Base64.getDecoder().decode(fields.get(1).toString())))
        : Optional.empty();
  }
}
