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
 * <p>What is kept is the failures of each step, which is as long as the time between the beginnings
 * of two windows: each failure once, instead of once for every window that holds it. The store
 * lives in memory; Kafka keeps its changes, from which another instance makes it again. Its cache
 * reports a step that changes many times within one commit interval once.
 */
@Singleton
class HotspotTopology {

  private static final String STORE = "failures-by-step";

  private final AlertConfig.Hotspots config;

  HotspotTopology(AlertConfig config) {
    this.config = config.hotspots();
    if (this.config.window().toMillis() % this.config.advance().toMillis() != 0) {
      throw new IllegalArgumentException(
          "vigie.alert.hotspots.window must be a multiple of vigie.alert.hotspots.advance");
    }
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
        .windowedBy(TimeWindows.ofSizeAndGrace(config.advance(), lateness()))
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

  /** How late a failure may be: its step counts until the last window that holds it is over. */
  private Duration lateness() {
    return config.window().minus(config.advance()).plus(config.grace());
  }

  /** A step is kept as long as any other one may still change with which it shares a window. */
  private WindowBytesStoreSupplier store() {
    Duration kept = config.window().multipliedBy(2).minus(config.advance()).plus(config.grace());
    return Stores.inMemoryWindowStore(STORE, kept, config.advance(), false);
  }
}
