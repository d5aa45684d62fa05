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
 * Keeps the failures of each place by {@link ExerciseCell#key}, and tells which windows hold enough
 * students: of each place that changed, once a second, however many failures came. The next
 * instance does not know what an ended one had not told yet, so it begins with telling all that it
 * takes over.
 */
final class HotspotProcessor implements Processor<byte[], byte[], String, Hotspot> {

  private static final Duration OFTEN = Duration.ofSeconds(1);

  private final String store;
  private final FailureBudget budget;
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
  private final Map<Bytes, TimeRange> untold = new HashMap<>();

  private ProcessorContext<String, Hotspot> context;
  private KeyValueStore<Bytes, byte[]> failures;

  /**
   * @param store of the failures by place
   * @param budget shared by all tasks
   * @param late counts those that came too late
   * @param beyond counts those for which there was no room
   */
  HotspotProcessor(
      String store,
      AlertConfig.Hotspots config,
      FailureBudget budget,
      Counter late,
      Counter beyond) {
    this.store = store;
    this.budget = budget;
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
            hold(FailureSet.count(place.value));
            changed(place.key, place.value, FailureSet.span(place.value));
          });
    }
    context.schedule(OFTEN, PunctuationType.WALL_CLOCK_TIME, now -> tell());
    context.schedule(Duration.ofMillis(advance), PunctuationType.STREAM_TIME, this::forget);
  }

  @Override
  public void process(Record<byte[], byte[]> failure) {
    long now = context.currentStreamTimeMs();
    long occurred = FailureSet.span(failure.value()).first();
    if (occurred <= now - lateness) {
      late.increment();
      return;
    }
    Bytes place = Bytes.wrap(failure.key());
    byte[] stored = at(place);
    byte[] before = FailureSet.after(now - kept, stored);
    byte[] after = FailureSet.add(failure.value(), before);
    if (after == before) {
      return;
    }
    if (budget.isFull()) {
      beyond.increment();
      return;
    }
    failures.put(place, after);
    hold(FailureSet.count(after) - FailureSet.count(stored));
    changed(place, after, new TimeRange(occurred, occurred));
  }

  @Override
  public void close() {
    hold(-held);
  }

  private void hold(long more) {
    held += more;
    budget.take(more);
  }

  private byte[] at(Bytes place) {
    byte[] found = failures.get(place);
    return found == null ? FailureSet.none() : found;
  }

  private void changed(Bytes place, byte[] all, TimeRange range) {
    if (FailureSet.count(all) >= students) {
      untold.merge(place, range, TimeRange::and);
    }
  }

  private void tell() {
    untold.forEach((place, range) -> tell(ExerciseCell.of(place.get()), at(place), range));
    untold.clear();
  }

  private void tell(ExerciseCell place, byte[] all, TimeRange range) {
    starts(range)
        .forEach(
            start -> {
              WindowCount count = WindowCount.of(all, start, start + window);
              if (count.students() >= students) {
                context.forward(
                    new Record<>(place.exerciseId(), hotspot(place, start, count), range.last()));
              }
            });
  }

  /** When the windows begin that hold a part of {@code range}. */
  private LongStream starts(TimeRange range) {
    long earliest = Math.floorDiv(range.first() - window, advance) * advance + advance;
    return LongStream.iterate(
        Math.max(0, earliest), start -> start <= range.last(), start -> start + advance);
  }

  /** Lets go of the failures that share no window with any that may still come. */
  private void forget(long now) {
    Map<Bytes, byte[]> left = new HashMap<>();
    try (var all = failures.all()) {
      all.forEachRemaining(
          place -> {
            byte[] after = FailureSet.after(now - kept, place.value);
            if (after != place.value) {
              left.put(place.key, after);
              hold(FailureSet.count(after) - FailureSet.count(place.value));
            }
          });
    }
    left.forEach((place, after) -> failures.put(place, after.length == 0 ? null : after));
  }

  private Hotspot hotspot(ExerciseCell place, long start, WindowCount count) {
    LatLng centre = H3Cells.centre(place.cell());
    return Hotspot.newBuilder()
        .setExerciseId(place.exerciseId())
        .setCell(H3Cells.name(place.cell()))
        .setLatitude(centre.lat)
        .setLongitude(centre.lng)
        .setWindowStart(Instant.ofEpochMilli(start))
        .setWindowEnd(Instant.ofEpochMilli(start + window))
        .setFailures(count.failures())
        .setStudents(count.students())
        .build();
  }
}
