// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import com.uber.h3core.util.LatLng;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import vigie.alert.AlertConfig;
import vigie.events.Hotspot;

/**
 * Keeps the failures of each place by {@link Place#key}, and tells which windows hold enough
 * students: of each place that changed, once a second, however many failures came. What was not
 * told yet when an instance ends, nobody knows; so the next one begins with telling all that it
 * takes over.
 */
final class Lookout implements Processor<byte[], byte[], String, Hotspot> {

  private static final Duration OFTEN = Duration.ofSeconds(1);

  private final String store;
  private final Room room;
  private final Counter late;
  private final Counter beyond;
  private final long window;
  private final long advance;
  private final int students;

  /** How long a failure may be told after it occurred, until the last window that holds it. */
  private final long lateness;

  /** How long a failure is kept: while another one may come that shares a window with it. */
  private final long kept;

  /** How many failures the store holds. */
  private long held;

  /** When the failures occurred that were not told yet, by places with enough of them. */
  private final Map<Bytes, Span> untold = new HashMap<>();

  private ProcessorContext<String, Hotspot> context;
  private KeyValueStore<Bytes, byte[]> failures;

  /**
   * @param store of the failures by place
   * @param room shared by all tasks
   * @param late counts those that came too late
   * @param beyond counts those for which there was no room
   */
  Lookout(String store, AlertConfig.Hotspots config, Room room, Counter late, Counter beyond) {
    this.store = store;
    this.room = room;
    this.late = late;
    this.beyond = beyond;
    this.window = config.window().toMillis();
    this.advance = config.advance().toMillis();
    this.students = config.students();
    this.lateness = window + config.grace().toMillis();
    this.kept = lateness + window;
  }

  @Override
  public void init(ProcessorContext<String, Hotspot> context) {
    this.context = context;
    this.failures = context.getStateStore(store);
    try (var all = failures.all()) {
      all.forEachRemaining(
          place -> {
            hold(Failures.count(place.value));
            changed(place.key, place.value, Failures.span(place.value));
          });
    }
    context.schedule(OFTEN, PunctuationType.WALL_CLOCK_TIME, now -> tell());
    context.schedule(Duration.ofMillis(advance), PunctuationType.STREAM_TIME, this::forget);
  }

  @Override
  public void process(Record<byte[], byte[]> failure) {
    long now = context.currentStreamTimeMs();
    long occurred = Failures.span(failure.value()).first();
    if (occurred <= now - lateness) {
      late.increment();
      return;
    }
    Bytes place = Bytes.wrap(failure.key());
    byte[] stored = at(place);
    byte[] before = Failures.after(now - kept, stored);
    byte[] after = Failures.add(failure.value(), before);
    if (after == before) {
      return;
    }
    if (room.isFull()) {
      beyond.increment();
      return;
    }
    failures.put(place, after);
    hold(Failures.count(after) - Failures.count(stored));
    changed(place, after, new Span(occurred, occurred));
  }

  @Override
  public void close() {
    hold(-held);
  }

  private void hold(long more) {
    held += more;
    room.take(more);
  }

  private byte[] at(Bytes place) {
    byte[] found = failures.get(place);
    return found == null ? Failures.none() : found;
  }

  private void changed(Bytes place, byte[] all, Span when) {
    if (Failures.count(all) >= students) {
      untold.merge(place, when, Span::and);
    }
  }

  private void tell() {
    untold.forEach((place, when) -> tell(Place.of(place.get()), at(place), when));
    untold.clear();
  }

  private void tell(Place place, byte[] all, Span when) {
    starts(when)
        .forEach(
            start -> {
              Tally tally = Tally.of(all, start, start + window);
              if (tally.students() >= students) {
                context.forward(
                    new Record<>(place.exerciseId(), hotspot(place, start, tally), when.last()));
              }
            });
  }

  /** When the windows begin that hold a part of {@code when}. */
  private LongStream starts(Span when) {
    long earliest = Math.floorDiv(when.first() - window, advance) * advance + advance;
    return LongStream.iterate(
        Math.max(0, earliest), start -> start <= when.last(), start -> start + advance);
  }

  /** Lets go of the failures that share no window with any that may still come. */
  private void forget(long now) {
    Map<Bytes, byte[]> left = new HashMap<>();
    try (var all = failures.all()) {
      all.forEachRemaining(
          place -> {
            byte[] after = Failures.after(now - kept, place.value);
            if (after != place.value) {
              left.put(place.key, after);
              hold(Failures.count(after) - Failures.count(place.value));
            }
          });
    }
    left.forEach((place, after) -> failures.put(place, after.length == 0 ? null : after));
  }

  private Hotspot hotspot(Place place, long start, Tally tally) {
    LatLng centre = Cells.centre(place.cell());
    return Hotspot.newBuilder()
        .setExerciseId(place.exerciseId())
        .setCell(Cells.name(place.cell()))
        .setLatitude(centre.lat)
        .setLongitude(centre.lng)
        .setWindowStart(Instant.ofEpochMilli(start))
        .setWindowEnd(Instant.ofEpochMilli(start + window))
        .setFailures(tally.failures())
        .setStudents(tally.students())
        .build();
  }
}
