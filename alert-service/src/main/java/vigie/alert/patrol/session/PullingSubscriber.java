// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import io.quarkus.websockets.next.CloseReason;

/** What takes from the log what is new there. All of it belongs to one event loop. */
interface PullingSubscriber {

  /** Takes what there is. */
  void deliver();

  /** Says that it is there. */
  void heartbeat();

  /** Takes no more. Fails in no way. */
  void end(CloseReason reason);
}
