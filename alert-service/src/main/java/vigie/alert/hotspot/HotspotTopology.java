// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

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
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;
import vigie.alert.AlertConfig;
import vigie.alert.kafka.Topics;
import vigie.events.Alert;
import vigie.events.Hotspot;

/**
 * Alerts by exercise and place in overlapping windows; where enough students fail, a hotspot.
 *
 * <p>Each failure is kept once, instead of once for every window that holds it: by stretches of
 * time that do not overlap, in which {@link Overlap} counts. The store lives in memory; Kafka keeps
 * its changes, from which another instance makes it again. Its cache reports a stretch that changes
 * many times within one commit interval once.
 */
@Singleton
class HotspotTopology {

  private static final String STORE = "failures-by-stretch";

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
        .windowedBy(TimeWindows.ofSizeAndGrace(config.window(), lateness()))
        .aggregate(
            Failures::none,
            (place, failure, failures) -> Failures.add(failure, failures),
            Materialized.<Place, byte[]>as(store())
                .withKeySerde(Place.serde())
                .withValueSerde(Serdes.ByteArray())
                .withCachingEnabled())
        .toStream()
        .process(() -> new Overlap(STORE, config), STORE)
        .to(Topics.HOTSPOTS, Produced.with(Serdes.String(), EventSerde.of(Hotspot.class)));
    return builder.build();
  }

  /** A stretch counts until the last window that lies in it is over. */
  private Duration lateness() {
    return config.window().plus(config.grace());
  }

  /** A stretch is kept until the next one, with which it shares windows, counts no more. */
  private WindowBytesStoreSupplier store() {
    Duration kept = config.window().multipliedBy(2).plus(lateness());
    return Stores.inMemoryWindowStore(STORE, kept, config.window(), false);
  }
}
