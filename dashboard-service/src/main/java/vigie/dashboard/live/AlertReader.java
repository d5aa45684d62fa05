// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import vigie.events.Alert;
import vigie.events.EventCodec;
import vigie.events.UndecodableEventException;

/** Reads every alert; each instance reads them all, and none remembers how far. */
@ApplicationScoped
class AlertReader {

  private static final Logger LOG = Logger.getLogger(AlertReader.class);

  private final EventCodec<Alert> codec = EventCodec.of(Alert.class);
  private final NewestAlerts newest;
  private final Counter shown;
  private final Counter undecodable;

  AlertReader(NewestAlerts newest, MeterRegistry metrics) {
    this.newest = newest;
    shown = metrics.counter("vigie.dashboard.alerts");
    undecodable = metrics.counter("vigie.dashboard.alerts.undecodable");
  }

  /** A record that is no alert cannot be shown; archive-service puts it among the dead letters. */
  @Incoming("alerts")
  void read(byte[] value) {
    try {
      newest.add(FeedAlert.of(codec.decode(value)));
      shown.increment();
    } catch (UndecodableEventException notAnAlert) {
      undecodable.increment();
      LOG.warnf("A record of vigie.alerts is not shown: %s", notAnAlert.getMessage());
    }
  }
}
