// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.health.api.HealthGroup;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jboss.logging.Logger;
import vigie.alert.kafka.LoopMetrics;
import vigie.service.MachineFault;

/**
 * How the counting of hotspots begins again, ends and is doing. It has threads of its own, and a
 * health of its own ({@code /q/health/group/hotspots}): an instance that cannot count still judges
 * and serves units, and must get their requests.
 */
@HealthGroup("hotspots")
@Singleton
class HotspotStreams implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(HotspotStreams.class);
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final KafkaStreams streams;
  private final HotspotClients clients;

  HotspotStreams(KafkaStreams streams, HotspotClients clients) {
    this.streams = streams;
    this.clients = clients;
  }

  /**
   * A thread that fails is replaced; the new one begins with what Kafka holds. One whose consumer
   * was woken up is no error, see {@link HotspotClients}.
   */
  @Produces
  @Singleton
  static StreamsUncaughtExceptionHandler replaceThread(MeterRegistry metrics) {
    Counter errors = LoopMetrics.errors(HotspotClients.LOOP, metrics);
    return failure -> {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      if (cause instanceof WakeupException) {
        LOG.warn("Counting hotspots begins again by the clock of now");
        return StreamThreadExceptionResponse.REPLACE_THREAD;
      }
      errors.increment();
      if (MachineFault.is(cause)) {
        MachineFault.endProcess(cause);
      }
      LOG.error("Counting hotspots failed and begins again", failure);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    };
  }

  @Override
  public HealthCheckResponse call() {
    State state = streams.state();
    Optional<String> notReadyReason = clients.notReadyReason();
    var response =
        HealthCheckResponse.named("hotspots")
            .status(state == State.RUNNING && notReadyReason.isEmpty())
            .withData("state", state.name());
    notReadyReason.ifPresent(why -> response.withData("reason", why));
    return response.build();
  }

  /** Before the framework closes the streams: leaving the group lets another instance go on. */
  void stop(@Observes @Priority(1) ShutdownEvent event) {
    streams.close(new KafkaStreams.CloseOptions().leaveGroup(true).timeout(FAREWELL));
  }
}
