// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import vigie.ingest.event.EventReader;
import vigie.ingest.memory.InFlightBudget;
import vigie.ingest.memory.Reservation;
import vigie.ingest.model.Arrival;
import vigie.ingest.model.RefusedException;
import vigie.ingest.model.Sender;
import vigie.ingest.quota.Charge;

/** Bodies read as the service reads them, at a fixed instant. */
public final class Batches {

  public static final long RECEIVED_AT =
      ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2026-06-15T07:00:01.000250Z"));

  private Batches() {}

  public static Batch json(EventReader reader, String body) throws RefusedException {
    return read(new JsonBatchReader(), reader, body.getBytes(UTF_8), 1_000);
  }

  static Batch ndjson(EventReader reader, String body) throws RefusedException {
    return read(new NdjsonBatchReader(), reader, body.getBytes(UTF_8), 1_000);
  }

  static Batch read(BatchReader format, EventReader reader, byte[] body, int maxRecords)
      throws RefusedException {
    Reservation reservation = new Reservation(new InFlightBudget(1 << 20));
    Arrival arrival = new Arrival(Sender.ANYBODY, RECEIVED_AT);
    BatchBuilder batch = new BatchBuilder(reader, arrival, maxRecords, reservation, new Charge());
    format.read(body, batch);
    return batch.build();
  }
}
