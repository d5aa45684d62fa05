// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import io.quarkus.websockets.next.CloseReason;

/** Serves the units that read the log. Its methods may be called on any thread and do not wait. */
public interface LogListener {

  /** The log may have new entries. */
  void wake();

  /** Closes the connections of all units that are connected now; later ones are not affected. */
  void end(CloseReason reason);
}
