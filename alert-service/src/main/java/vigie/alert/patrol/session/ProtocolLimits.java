// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import io.quarkus.websockets.next.CloseReason;
import java.util.Optional;

/**
 * How many frames and open requests a unit may send, and how long it may be silent; the reason to
 * close its connection when it exceeds a limit. For use by the event loop of its connection only.
 */
final class ProtocolLimits {

  private static final int TIMED_OUT = 4408;
  private static final int POLICY_VIOLATION = 1008;

  private static final CloseReason SILENT = new CloseReason(TIMED_OUT, "nothing heard");
  private static final CloseReason SLOW = new CloseReason(TIMED_OUT, "nothing acknowledged");
  private static final CloseReason TALKS_TOO_MUCH =
      new CloseReason(POLICY_VIOLATION, "too many frames");
  private static final CloseReason ASKS_TOO_MUCH =
      new CloseReason(POLICY_VIOLATION, "too many questions at once");

  /** What a unit may say between two heartbeats, whatever it is sent. */
  private static final int FRAMES = 1000;

  /** What a unit may say for each frame that it was sent: it acknowledges, claims and resolves. */
  private static final int FRAMES_FOR_ONE = 4;

  private static final int QUESTIONS = 8;
  private static final int PATIENT_HEARTBEATS = 2;

  private int left = FRAMES;
  private int questions;
  private int silentHeartbeats;
  private int fullHeartbeats;

  /** The unit was sent something that it may answer. */
  void sent() {
    left += FRAMES_FOR_ONE;
  }

  /** The unit said anything, be it a pong. */
  Optional<CloseReason> heard() {
    silentHeartbeats = 0;
    return --left < 0 ? Optional.of(TALKS_TOO_MUCH) : Optional.empty();
  }

  void acknowledged() {
    fullHeartbeats = 0;
  }

  /** The unit said what takes time to answer. */
  Optional<CloseReason> asked() {
    return ++questions > QUESTIONS ? Optional.of(ASKS_TOO_MUCH) : Optional.empty();
  }

  void answered() {
    questions--;
  }

  /**
   * A heartbeat has passed.
   *
   * @param full whether the window of what is unacknowledged is full
   */
  Optional<CloseReason> heartbeat(boolean full) {
    left = FRAMES;
    fullHeartbeats = full ? fullHeartbeats + 1 : 0;
    if (++silentHeartbeats > PATIENT_HEARTBEATS) {
      return Optional.of(SILENT);
    }
    return fullHeartbeats > PATIENT_HEARTBEATS ? Optional.of(SLOW) : Optional.empty();
  }
}
