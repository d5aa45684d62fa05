// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import vigie.access.Revocation;

/**
 * Tells every viewer that something is new, not what. A viewer that is slow misses repeated calls
 * but never the newest one, and then looks for itself at what it has not seen; so no viewer needs a
 * queue, and none can fill the memory.
 */
@ApplicationScoped
class ViewerSignal {

  private final Set<MultiEmitter<? super Boolean>> viewers = ConcurrentHashMap.newKeySet();

  /** May be called by any thread; the calls of several threads are put one after another. */
  synchronized void call() {
    viewers.forEach(viewer -> viewer.emit(true));
  }

  /** A user may see no more: each viewer checks whether it is the one. */
  void revoked(@Observes Revocation one) {
    call();
  }

  /**
   * Starts with one call, so that a new viewer sees what is there. It is made after the viewer has
   * been registered: what happens between the two is then told twice rather than never.
   */
  Multi<Boolean> calls() {
    return Multi.createFrom().<Boolean>emitter(this::register, BackPressureStrategy.LATEST);
  }

  private synchronized void register(MultiEmitter<? super Boolean> viewer) {
    viewer.onTermination(() -> viewers.remove(viewer));
    viewers.add(viewer);
    viewer.emit(true);
  }

  int viewers() {
    return viewers.size();
  }
}
