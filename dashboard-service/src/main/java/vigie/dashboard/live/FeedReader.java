// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import vigie.events.Alert;
import vigie.events.DeploymentReport;
import vigie.events.EventCodec;
import vigie.events.Hotspot;
import vigie.events.UndecodableEventException;

/**
 * Reads every alert, claim and hotspot; each instance reads them all, and none remembers how far.
 */
@ApplicationScoped
class FeedReader {

  private static final Logger LOG = Logger.getLogger(FeedReader.class);

  private final EventCodec<Alert> alerts = EventCodec.of(Alert.class);
  private final EventCodec<DeploymentReport> claims = EventCodec.of(DeploymentReport.class);
  private final EventCodec<Hotspot> hotspots = EventCodec.of(Hotspot.class);
  private final Alerts known;
  private final RecentEvents recent;
  private final Counter shown;
  private final Counter undecodable;

  FeedReader(Alerts known, RecentEvents recent, MeterRegistry metrics) {
    this.known = known;
    this.recent = recent;
    shown = metrics.counter("vigie.dashboard.alerts");
    undecodable = metrics.counter("vigie.dashboard.alerts.undecodable");
  }

  /** A record that is no such event cannot be shown; archive-service puts it among dead letters. */
  void read(ConsumerRecord<String, byte[]> record) {
    try {
      switch (record.topic()) {
        case "vigie.alerts" -> raised(alerts.decode(record.value()));
        case "vigie.deployments" -> claimed(claims.decode(record.value()));
        default -> gathered(hotspots.decode(record.value()));
      }
    } catch (UndecodableEventException notAnEvent) {
      undecodable.increment();
      LOG.warnf("A record of %s is not shown: %s", record.topic(), notAnEvent.getMessage());
    }
  }

  private void raised(Alert alert) {
    known.raised(FeedAlert.of(alert));
    shown.increment();
  }

  private void claimed(DeploymentReport report) {
    known.claimed(report);
  }

  /** A window that moves on replaces what was said of the same place. */
  private void gathered(Hotspot spot) {
    List<String> place = List.of(spot.getExerciseId(), spot.getCell());
    recent.put("hotspot", place, FeedHotspot.of(spot));
  }
}
