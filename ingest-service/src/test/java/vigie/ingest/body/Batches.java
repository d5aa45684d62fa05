// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import vigie.ingest.event.EventParser;
import vigie.ingest.memory.MemoryBudget;
import vigie.ingest.memory.MemoryReservation;
import vigie.ingest.model.RequestContext;
import vigie.ingest.model.RequestException;
import vigie.ingest.model.SenderIdentity;
import vigie.ingest.quota.RequestMeter;

/** Bodies read as the service reads them, at a fixed instant. */
public final class Batches {

  public static final long RECEIVED_AT =
      ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2026-06-15T07:00:01.000250Z"));

  private Batches() {}

  public static Batch json(EventParser parser, String body) throws RequestException {
    return read(new JsonFormat(), parser, body.getBytes(UTF_8), 1_000);
  }

  static Batch ndjson(EventParser parser, String body) throws RequestException {
    return read(new NdjsonFormat(), parser, body.getBytes(UTF_8), 1_000);
  }

  static Batch read(BodyFormat format, EventParser parser, byte[] body, int maxRecords)
      throws RequestException {
    MemoryReservation reservation = new MemoryReservation(new MemoryBudget(1 << 20));
    RequestContext context = new RequestContext(SenderIdentity.ANYBODY, RECEIVED_AT);
    BatchBuilder batch =
        new BatchBuilder(parser, context, maxRecords, reservation, new RequestMeter());
    format.read(body, batch);
    return batch.build();
  }
}
