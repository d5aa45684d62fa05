// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import vigie.ingest.event.EventParser;
import vigie.ingest.event.RecordError;
import vigie.ingest.event.RecordOutcome;
import vigie.ingest.memory.MemoryReservation;
import vigie.ingest.model.RequestContext;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;
import vigie.ingest.quota.RequestMeter;

/**
 * Gathers the outcomes of one request's records within its limits. Used by one thread at a time.
 */
final class BatchBuilder {

  /** About what a record costs until the answer is written, beside the bytes of an event. */
  private static final int REJECTION_BYTES = 256;

  private static final int EVENT_BYTES = 128;

  private final EventParser parser;
  private final RequestContext context;
  private final int maxRecords;
  private final MemoryReservation reservation;
  private final RequestMeter meter;
  private final List<RecordOutcome.Accepted> accepted = new ArrayList<>();
  private final List<RecordOutcome.Rejected> rejected = new ArrayList<>();
  private int records;

  BatchBuilder(
      EventParser parser,
      RequestContext context,
      int maxRecords,
      MemoryReservation reservation,
      RequestMeter meter) {
    this.parser = parser;
    this.context = context;
    this.maxRecords = maxRecords;
    this.reservation = reservation;
    this.meter = meter;
  }

  /** Reads the value that starts at the parser's current token, to its end. */
  RecordOutcome read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return new RecordOutcome.Rejected(
          records, null, RecordError.RECORD_TYPE, "A record must be an object");
    }
    return parser.read(json, records, context);
  }

  RecordOutcome malformed(String detail) {
    return rejected(RecordError.JSON_MALFORMED, detail);
  }

  RecordOutcome rejected(RecordError fault, String detail) {
    return new RecordOutcome.Rejected(records, null, fault, detail);
  }

  void add(RecordOutcome outcome) throws RequestException {
    if (++records > maxRecords) {
      throw new RequestException(
          RequestError.TOO_MANY_RECORDS, "A request may have " + maxRecords + " records");
    }
    meter.record();
    if (outcome instanceof RecordOutcome.Accepted event) {
      reservation.grow(EVENT_BYTES + event.key().length + event.value().length);
      accepted.add(event);
    } else if (outcome instanceof RecordOutcome.Rejected rejection) {
      reservation.grow(REJECTION_BYTES);
      rejected.add(rejection);
    }
  }

  Batch build() throws RequestException {
    meter.end();
    return new Batch(accepted, rejected);
  }
}
