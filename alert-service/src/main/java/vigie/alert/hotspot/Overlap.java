// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import com.uber.h3core.util.LatLng;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.state.WindowStore;
import vigie.alert.AlertConfig;
import vigie.events.Hotspot;

/**
 * Counts in overlapping windows what is kept by stretches that do not overlap. A stretch is as long
 * as a window, so that each window lies in two of them at most. When one has changed, the windows
 * that lie in it are counted; those with enough students are hotspots.
 */
final class Overlap implements Processor<Windowed<Place>, byte[], String, Hotspot> {

  private final String store;
  private final long window;
  private final long advance;
  private final int students;
  private ProcessorContext<String, Hotspot> context;
  private WindowStore<Place, ValueAndTimestamp<byte[]>> failures;

  /**
   * @param store of the failures by place and stretch
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
    long stretch = changed.key().window().start();
    List<byte[]> around =
        List.of(
            failures(place, stretch - window), changed.value(), failures(place, stretch + window));
    if (around.stream().mapToInt(Failures::count).sum() < students) {
      return;
    }
    starts(stretch)
        .forEach(
            start -> {
              Tally tally = Tally.of(around, start, start + window);
              if (tally.students() >= students) {
                context.forward(
                    changed.withKey(place.exerciseId()).withValue(hotspot(place, start, tally)));
              }
            });
  }

  /** When the windows begin that lie in a stretch. */
  private LongStream starts(long stretch) {
    long earliest = Math.floorDiv(stretch - window, advance) * advance + advance;
    return LongStream.iterate(
        Math.max(0, earliest), start -> start < stretch + window, start -> start + advance);
  }

  private byte[] failures(Place place, long stretch) {
    ValueAndTimestamp<byte[]> found = failures.fetch(place, stretch);
    return found == null ? Failures.none() : found.value();
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
