// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import com.uber.h3core.util.LatLng;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import vigie.alert.AlertConfig;
import vigie.events.Hotspot;

/**
 * Puts overlapping windows together from the steps that they consist of. A step that has changed
 * changes every window that holds it; those with enough students are hotspots.
 */
final class Overlap implements Processor<Windowed<Place>, byte[], String, Hotspot> {

  private final String store;
  private final long window;
  private final long advance;
  private final int students;
  private ProcessorContext<String, Hotspot> context;
  private WindowStore<Place, ValueAndTimestamp<byte[]>> failures;

  /**
   * @param store of the failures by place and step
   */
  Overlap(String store, AlertConfig.Hotspots config) {
    this.store = store;
    this.window = config.window().toMillis();
    this.advance = config.advance().toMillis();
    this.students = config.students();
  }

  @Override
  public void init(ProcessorContext<String, Hotspot> context) {
    this.context = context;
    this.failures = context.getStateStore(store);
  }

  @Override
  public void process(Record<Windowed<Place>, byte[]> changed) {
    Place place = changed.key().key();
    long step = changed.key().window().start();
    long first = Math.max(0, step + advance - window);
    NavigableMap<Long, byte[]> steps = steps(place, first, step + window - advance);
    for (long start = first; start <= step; start += advance) {
      Tally tally = Tally.of(steps.subMap(start, start + window).values());
      if (tally.students() >= students) {
        context.forward(
            changed.withKey(place.exerciseId()).withValue(hotspot(place, start, tally)));
      }
    }
  }

  /** The failures of each step that begins from {@code first} to {@code last}. */
  private NavigableMap<Long, byte[]> steps(Place place, long first, long last) {
    NavigableMap<Long, byte[]> steps = new TreeMap<>();
    try (WindowStoreIterator<ValueAndTimestamp<byte[]>> found =
        failures.fetch(place, first, last)) {
      found.forEachRemaining(step -> steps.put(step.key, step.value.value()));
    }
    return steps;
  }

  private Hotspot hotspot(Place place, long start, Tally tally) {
    LatLng centre = Cells.centre(place.cell());
    return Hotspot.newBuilder()
        .setExerciseId(place.exerciseId())
        .setCell(place.cell())
        .setLatitude(centre.lat)
        .setLongitude(centre.lng)
        .setWindowStart(Instant.ofEpochMilli(start))
        .setWindowEnd(Instant.ofEpochMilli(start + window))
        .setFailures(tally.failures())
        .setStudents(tally.students())
        .build();
  }
}
