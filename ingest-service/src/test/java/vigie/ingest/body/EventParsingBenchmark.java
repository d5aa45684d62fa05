// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import vigie.ingest.event.EventParser;
import vigie.ingest.event.ResultParser;
import vigie.ingest.memory.MemoryBudget;
import vigie.ingest.memory.MemoryReservation;
import vigie.ingest.model.RequestContext;
import vigie.ingest.model.RequestException;
import vigie.ingest.model.SenderIdentity;
import vigie.ingest.quota.RequestMeter;

/** What it costs to parse, validate and encode one event, of a body of 1000. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EventParsingBenchmark {

  private static final int EVENTS = 1000;

  private final EventParser parser = new ResultParser();
  private static final RequestContext ARRIVAL =
      new RequestContext(SenderIdentity.ANYBODY, 1781506801000250L);

  private final MemoryBudget budget = new MemoryBudget(Long.MAX_VALUE);
  private final byte[] derivedIds = body("");
  private final byte[] ownIds = body("\"id\":\"5810d60e-a729-41b9-a8c1-47437abec539\",");

  /** Ids are derived from the content. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public Object withoutId() throws RequestException {
    return read(derivedIds);
  }

  /** Each event brings its id. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public Object withId() throws RequestException {
    return read(ownIds);
  }

  private Batch read(byte[] body) throws RequestException {
    BatchBuilder batch =
        new BatchBuilder(
            parser, ARRIVAL, EVENTS, new MemoryReservation(budget), new RequestMeter());
    new NdjsonFormat().read(body, batch);
    Batch read = batch.build();
    if (read.accepted().size() != EVENTS) {
      throw new IllegalStateException(read.rejected().toString());
    }
    return read;
  }

  private static byte[] body(String id) {
    Random random = new Random(1);
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      body.append(
          ("{%s\"timestamp\":\"2026-06-15T07:%02d:%02d.%03dZ\",\"studentId\":\"g%02d-%04d\","
                  + "\"latitude\":%.5f,\"longitude\":%.5f,\"exerciseId\":\"c-pointers\","
                  + "\"score\":%.1f}\n")
              .formatted(
                  id,
                  random.nextInt(60),
                  random.nextInt(60),
                  random.nextInt(1000),
                  random.nextInt(100),
                  random.nextInt(10000),
                  43 + random.nextDouble(7),
                  -1 + random.nextDouble(7),
                  random.nextDouble(100)));
    }
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }
}
