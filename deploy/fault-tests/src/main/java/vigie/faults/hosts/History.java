// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import vigie.faults.thresholds.history.Event;
import vigie.faults.thresholds.history.TimeRange;

/**
 * What staff, laptops and units did and saw in one run, by one clock.
 *
 * @param thresholds changes, results and alerts, as the checker of thresholds wants them
 * @param stored the results that Kafka held after the run
 * @param received by unit, when each alert was there at the latest
 * @param claims by alert, the units that were named to any unit as its holder
 * @param faults from the first to the end of the last
 * @param recovery from then until everything was taken and acknowledged everywhere
 */
record History(
    vigie.faults.thresholds.history.History thresholds,
    Set<Key> stored,
    Map<String, Map<UUID, Long>> received,
    Map<UUID, Set<String>> claims,
    TimeRange faults,
    Duration recovery) {

  /** A student takes an exercise once. */
  record Key(String student, String exercise) {

    static Key of(Event event) {
      return new Key(event.student(), event.exercise());
    }
  }

  /** By which host's ingest-service the result of an event went: its student's name begins so. */
  static String students(String run, String host) {
    return run + "." + host;
  }

  static String ingestOf(Event event) {
    String name = event.student();
    return name.substring(name.indexOf('.') + 1, name.lastIndexOf("-s"));
  }
}
