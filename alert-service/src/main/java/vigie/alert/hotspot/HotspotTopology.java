// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;
import vigie.alert.AlertConfig;
import vigie.alert.DeliberateFault;
import vigie.alert.kafka.Topics;
import vigie.events.Alert;
import vigie.events.Hotspot;

/**
 * Alerts by exercise and place in overlapping windows; where enough students fail, a hotspot.
 *
 * <p>Each failure is kept once, instead of once for every window that holds it; {@link
 * HotspotProcessor} counts. The store lives in memory; Kafka keeps its changes, from which another
 * instance makes it again. Its cache writes a place that changes many times within one commit
 * interval once.
 */
@Singleton
class HotspotTopology {

  private static final String STORE = "failures-by-place";
  private static final String FAILURES = "failures";

  private final AlertConfig.Hotspots config;
  private final AtomicBoolean fault;
  private final FailureBudget budget;
  private final Counter late;
  private final Counter beyond;

  HotspotTopology(AlertConfig config, MeterRegistry metrics) {
    this.config = config.hotspots();
    this.fault = new AtomicBoolean(DeliberateFault.ERRORS_IN_LOOPS.isOn(config));
    this.budget = new FailureBudget(config.hotspots().most());
    this.late =
        Counter.builder("vigie.hotspots.late")
            .description("Alerts that came too late to be counted for hotspots")
            .register(metrics);
    this.beyond =
        Counter.builder("vigie.hotspots.beyond")
            .description("Alerts that were not counted for hotspots for want of room")
            .register(metrics);
  }

  /**
   * All topics to which the counting writes.
   *
   * @param application the id of the streams application, with which its own topics begin
   */
  static Set<String> outputs(String application) {
    return Set.of(
        Topics.HOTSPOTS,
        application + "-" + FAILURES + "-repartition",
        application + "-" + STORE + "-changelog");
  }

  @Produces
  @Singleton
  Topology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    builder
        .addStateStore(
            Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled())
        .stream(
            Topics.ALERTS,
            Consumed.with(Serdes.ByteArray(), EventSerde.of(Alert.class))
                .withTimestampExtractor(new OccurredAtExtractor()))
        .peek((student, alert) -> failOnce())
        .filter((student, alert) -> H3Cells.contain(alert.getLatitude(), alert.getLongitude()))
        .process(() -> new AlertToFailure(config.resolution()))
        .repartition(Repartitioned.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(FAILURES))
        .process(() -> new HotspotProcessor(STORE, config, budget, late, beyond), STORE)
        .to(Topics.HOTSPOTS, Produced.with(Serdes.String(), EventSerde.of(Hotspot.class)));
    return builder.build();
  }

  /** For tests only, see {@link DeliberateFault#ERRORS_IN_LOOPS}. */
  private void failOnce() {
    if (fault.compareAndSet(true, false)) {
      throw new AssertionError("a deliberate fault of hotspots");
    }
  }
}
