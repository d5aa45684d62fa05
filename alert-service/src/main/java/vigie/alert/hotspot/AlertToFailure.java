// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import vigie.events.Alert;

/**
 * Makes a failure of each alert, keyed by its place. The failure holds when it occurred. Its record
 * moves the time of the stream, which closes the windows of all others; so it must not be ahead,
 * and is when the alert was raised at most, whichever of the laptop's, the judge's and the broker's
 * clocks is fast.
 */
final class AlertToFailure extends ContextualProcessor<byte[], Alert, byte[], byte[]> {

  private final int resolution;

  AlertToFailure(int resolution) {
    this.resolution = resolution;
  }

  @Override
  public void process(Record<byte[], Alert> record) {
    Alert alert = record.value();
    long occurred = record.timestamp();
    context()
        .forward(
            new Record<>(
                ExerciseCell.of(alert, resolution).key(),
                FailureSet.of(alert, occurred),
                Math.min(occurred, alert.getRaisedAt().toEpochMilli()),
                record.headers()));
  }
}
