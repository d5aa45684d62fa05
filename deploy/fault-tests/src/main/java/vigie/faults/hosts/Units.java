// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import vigie.faults.thresholds.history.TimeRange;
import vigie.patrol.PatrolUnit;

/** Patrol units, each connected to either alert-service; all ask for the same alerts. */
final class Units implements AutoCloseable {

  private static final int PAUSE_MILLIS = 50;

  private final Map<String, PatrolUnit> units = new LinkedHashMap<>();
  private final Map<String, Map<UUID, Long>> received = new ConcurrentHashMap<>();

  Units(Lab lab, String run, int count) {
    for (int i = 1; i <= count; i++) {
      String name = run + "-u" + i;
      received.put(name, new ConcurrentHashMap<>());
      units.put(
          name,
          new PatrolUnit(HttpClient.newHttpClient(), lab.patrolAddresses(), name, "").start());
    }
  }

  /** Notes when alerts come, and claims one after the other by all units at once. */
  Callable<Void> working(AtomicBoolean over) {
    return () -> {
      Set<UUID> asked = new HashSet<>();
      CompletableFuture<?> open = CompletableFuture.completedFuture(null);
      while (!over.get()) {
        look();
        if (open.isDone()) {
          open = claimOne(asked);
        }
        Thread.sleep(PAUSE_MILLIS);
      }
      return null;
    };
  }

  /** Whether every unit has each of these alerts by now. */
  boolean have(Set<UUID> alerts) {
    look();
    return received.values().stream().allMatch(own -> own.keySet().containsAll(alerts));
  }

  private void look() {
    long now = TimeRange.now();
    units.forEach(
        (name, unit) ->
            unit.alerts().keySet().forEach(id -> received.get(name).putIfAbsent(id, now)));
  }

  private CompletableFuture<?> claimOne(Set<UUID> asked) {
    Set<UUID> common = new HashSet<>();
    received.values().forEach(own -> common.addAll(own.keySet()));
    common.removeAll(asked);
    common.removeIf(id -> !have(Set.of(id)));
    if (common.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    UUID alert = common.iterator().next();
    asked.add(alert);
    return CompletableFuture.allOf(
        units.values().stream()
            .map(unit -> unit.claim(alert))
            .toArray(CompletableFuture<?>[]::new));
  }

  /** By unit, when each alert was there at the latest. */
  Map<String, Map<UUID, Long>> received() {
    return Map.copyOf(received);
  }

  /** By alert, the units that were named to any unit as its holder. */
  Map<UUID, Set<String>> claims() {
    Map<UUID, Set<String>> all = new HashMap<>();
    units
        .values()
        .forEach(
            unit ->
                unit.claims()
                    .forEach(
                        (alert, holders) ->
                            all.computeIfAbsent(alert, id -> new HashSet<>()).addAll(holders)));
    return all;
  }

  @Override
  public void close() {
    units.values().forEach(PatrolUnit::close);
  }
}
