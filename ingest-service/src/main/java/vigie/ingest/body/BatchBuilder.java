// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import vigie.ingest.event.EventReader;
import vigie.ingest.event.Outcome;
import vigie.ingest.event.RecordFault;
import vigie.ingest.memory.Reservation;
import vigie.ingest.model.Arrival;
import vigie.ingest.model.Refusal;
import vigie.ingest.model.RefusedException;
import vigie.ingest.quota.Charge;

/**
 * Gathers the outcomes of one request's records within its limits. Used by one thread at a time.
 */
final class BatchBuilder {

  /** About what a record costs until the answer is written, beside the bytes of an event. */
  private static final int REJECTION_BYTES = 256;

  private static final int EVENT_BYTES = 128;

  private final EventReader reader;
  private final Arrival arrival;
  private final int maxRecords;
  private final Reservation reservation;
  private final Charge charge;
  private final List<Outcome.Accepted> accepted = new ArrayList<>();
  private final List<Outcome.Rejected> rejected = new ArrayList<>();
  private int records;

  BatchBuilder(
      EventReader reader, Arrival arrival, int maxRecords, Reservation reservation, Charge charge) {
    this.reader = reader;
    this.arrival = arrival;
    this.maxRecords = maxRecords;
    this.reservation = reservation;
    this.charge = charge;
  }

  /** Reads the value that starts at the parser's current token, to its end. */
  Outcome read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return new Outcome.Rejected(
          records, null, RecordFault.RECORD_TYPE, "A record must be an object");
    }
    return reader.read(json, records, arrival);
  }

  Outcome malformed(String detail) {
    return rejected(RecordFault.JSON_MALFORMED, detail);
  }

  Outcome rejected(RecordFault fault, String detail) {
    return new Outcome.Rejected(records, null, fault, detail);
  }

  void add(Outcome outcome) throws RefusedException {
    if (++records > maxRecords) {
      throw new RefusedException(
          Refusal.TOO_MANY_RECORDS, "A request may have " + maxRecords + " records");
    }
    charge.record();
    if (outcome instanceof Outcome.Accepted event) {
      reservation.grow(EVENT_BYTES + event.key().length + event.value().length);
      accepted.add(event);
    } else if (outcome instanceof Outcome.Rejected rejection) {
      reservation.grow(REJECTION_BYTES);
      rejected.add(rejection);
    }
  }

  Batch build() throws RefusedException {
    charge.end();
    return new Batch(accepted, rejected);
  }
}
