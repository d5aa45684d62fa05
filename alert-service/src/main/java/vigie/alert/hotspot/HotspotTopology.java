// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import com.uber.h3core.util.LatLng;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;
import vigie.alert.AlertConfig;
import vigie.alert.kafka.Topics;
import vigie.events.Alert;
import vigie.events.Hotspot;

/**
 * Alerts by exercise and place in overlapping windows; where enough students fail, a hotspot.
 *
 * <p>The store lives in memory, since it holds only the alerts of a window and its grace; Kafka
 * keeps its changes, from which another instance makes it again. Its cache reports a place that
 * changes many times within one commit interval once.
 */
@Singleton
class HotspotTopology {

  private final AlertConfig.Hotspots config;

  HotspotTopology(AlertConfig config) {
    this.config = config.hotspots();
  }

  @Produces
  @Singleton
  Topology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            Topics.ALERTS,
            Consumed.with(Serdes.ByteArray(), EventSerde.of(Alert.class))
                .withTimestampExtractor(new OccurredAt()))
        .filter((student, alert) -> Cells.contain(alert.getLatitude(), alert.getLongitude()))
        .map(
            (student, alert) ->
                KeyValue.pair(Place.of(alert, config.resolution()), Failures.of(alert)))
        .groupByKey(Grouped.with("places", Place.serde(), Serdes.ByteArray()))
        .windowedBy(
            TimeWindows.ofSizeAndGrace(config.window(), config.grace()).advanceBy(config.advance()))
        .aggregate(
            Failures::none,
            (place, failure, failures) -> Failures.add(failure, failures),
            Materialized.<Place, byte[]>as(store())
                .withKeySerde(Place.serde())
                .withValueSerde(Serdes.ByteArray())
                .withCachingEnabled())
        .toStream()
        .filter((window, failures) -> Failures.students(failures) >= config.students())
        .map(
            (window, failures) ->
                KeyValue.pair(window.key().exerciseId(), hotspot(window, failures)))
        .to(Topics.HOTSPOTS, Produced.with(Serdes.String(), EventSerde.of(Hotspot.class)));
    return builder.build();
  }

  private WindowBytesStoreSupplier store() {
    Duration kept = config.window().plus(config.grace());
    return Stores.inMemoryWindowStore("failures", kept, config.window(), false);
  }

  private static Hotspot hotspot(Windowed<Place> window, byte[] failures) {
    LatLng centre = Cells.centre(window.key().cell());
    return Hotspot.newBuilder()
        .setExerciseId(window.key().exerciseId())
        .setCell(window.key().cell())
        .setLatitude(centre.lat)
        .setLongitude(centre.lng)
        .setWindowStart(window.window().startTime())
        .setWindowEnd(window.window().endTime())
        .setFailures(Failures.count(failures))
        .setStudents(Failures.students(failures))
        .build();
  }
}
