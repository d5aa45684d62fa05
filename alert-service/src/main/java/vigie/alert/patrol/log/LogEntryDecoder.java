// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import vigie.alert.claim.Claim;
import vigie.alert.patrol.protocol.AlertView;
import vigie.alert.patrol.protocol.ClaimView;
import vigie.alert.patrol.protocol.FrameCodec;
import vigie.alert.patrol.protocol.LazyJson;
import vigie.alert.patrol.protocol.LogEntry;
import vigie.alert.patrol.protocol.LogPartition;
import vigie.events.Alert;
import vigie.events.DeploymentReport;
import vigie.events.EventCodec;
import vigie.events.UndecodableEventException;
import vigie.events.UnknownSchemaException;

/** Turns the records of the feeds' topics into what units receive. */
@Singleton
class LogEntryDecoder {

  private static final EventCodec<Alert> ALERTS = EventCodec.of(Alert.class);
  private static final EventCodec<DeploymentReport> REPORTS = EventCodec.of(DeploymentReport.class);

  private final FrameCodec frames;
  private final Counter undecodable;

  LogEntryDecoder(FrameCodec frames, MeterRegistry metrics) {
    this.frames = frames;
    this.undecodable =
        Counter.builder("vigie.alerts.undecodable")
            .description("Records that are no alerts or no reports and reach no unit")
            .register(metrics);
  }

  /**
   * What units are told by {@code record}, or nothing when it cannot be read.
   *
   * @throws UnknownSchemaException when a newer version can read it
   */
  Optional<LogEntry> read(ConsumerRecord<byte[], byte[]> record) throws UnknownSchemaException {
    LogPartition lane = LogPartition.of(new TopicPartition(record.topic(), record.partition()));
    try {
      return Optional.of(
          switch (lane.feed()) {
            case ALERTS -> alert(lane, record.offset(), ALERTS.decode(record.value()));
            case REPORTS -> report(lane, record.offset(), REPORTS.decode(record.value()));
          });
    } catch (UnknownSchemaException e) {
      throw e;
    } catch (UndecodableEventException e) {
      undecodable.increment();
      return Optional.empty();
    }
  }

  private LogEntry alert(LogPartition lane, long offset, Alert alert) {
    boolean escalated = alert.getEscalatedAt() != null;
    return new LogEntry(
        lane.number(),
        offset,
        escalated ? alert.getEscalatedAt() : alert.getRaisedAt(),
        alert.getId(),
        alert.getLatitude(),
        alert.getLongitude(),
        escalated,
        FrameCodec.ALERT,
        new LazyJson(() -> frames.members(AlertView.of(alert))));
  }

  private LogEntry report(LogPartition lane, long offset, DeploymentReport report) {
    Claim claim = Claim.of(report);
    return new LogEntry(
        lane.number(),
        offset,
        claim.changedAt(),
        claim.alertId(),
        claim.latitude(),
        claim.longitude(),
        true,
        FrameCodec.typeOf(claim),
        new LazyJson(() -> frames.members(ClaimView.of(claim))));
  }
}
