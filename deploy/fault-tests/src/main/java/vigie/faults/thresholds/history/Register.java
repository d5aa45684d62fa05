// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

import static java.util.stream.Collectors.groupingBy;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import vigie.faults.thresholds.history.Change.Outcome;

/**
 * What a history shows of one exercise: a register whose versions are counted, so that version v+1
 * replaces version v at one instant.
 *
 * <p>This is why no order has to be searched for. Let t(v) be the instant at which version v
 * begins. A sighting of v in [a, b] says that t(v) &lt;= b and t(v+1) &gt;= a; a change that made v
 * and was sent at s says that t(v) &gt;= s. Instants that grow with v and keep all of these exist
 * if, and only if, no version has an upper bound that is below a lower bound of it or of an earlier
 * version. Each bound comes from one operation. So, as far as versions are known, a history is
 * linearizable exactly if each two operations that do not overlap are in order. An operation that
 * shows no version, such as a result without an alert, needs one version that explains it; that two
 * such operations need versions which exclude each other is not noticed.
 */
final class Register {

  private final List<Change> changes;
  private final List<Observation> sightings;

  /** By version; version 0 is that of an exercise that never had a threshold. */
  private final NavigableMap<Long, Value> values = new TreeMap<>(Map.of(0L, Value.NONE));

  /** By the end of a sighting, the one with the highest version of all that had ended by then. */
  private final NavigableMap<Long, Observation> newestChanges;

  private final NavigableMap<Long, Observation> newestSightings;

  /** By version, the first request of the change that made it. */
  private final NavigableMap<Long, Change> makers = new TreeMap<>();

  /** By version, the instant before which it cannot have begun. */
  private final NavigableMap<Long, Long> earliest;

  /** Changes that may have happened, as versions that are not known. */
  private final List<Change> open;

  Register(List<Change> changes, List<Observation> sightings) {
    this.changes = List.copyOf(changes);
    this.sightings = List.copyOf(sightings);
    for (Observation sighting : sightings) {
      sighting.value().ifPresent(value -> values.putIfAbsent(sighting.version(), value));
    }
    newestChanges = newestByEnd(sightings.stream().filter(Observation::isChange));
    newestSightings = newestByEnd(sightings.stream());
    Map<Value, List<Change>> requests = changes.stream().collect(groupingBy(Change::value));
    values
        .tailMap(0L, false)
        .forEach(
            (version, value) ->
                first(version, requests.getOrDefault(value, List.of()))
                    .ifPresent(maker -> makers.put(version, maker)));
    earliest = earliest();
    Set<Value> placed = new HashSet<>(values.values());
    placed.remove(Value.NONE);
    open =
        changes.stream()
            .filter(change -> change.outcome() == Outcome.INDETERMINATE)
            .filter(change -> !placed.contains(change.value()))
            .toList();
  }

  Collection<Change> changes() {
    return changes;
  }

  Collection<Observation> sightings() {
    return sightings;
  }

  /** The value of a version, if that was ever shown. */
  Optional<Value> value(long version) {
    return Optional.ofNullable(values.get(version));
  }

  /** Of all acknowledged changes that had ended before an instant, the one of the last version. */
  Optional<Observation> newestChangeBefore(long instant) {
    return before(newestChanges, instant);
  }

  /** The same of all that shows a version. */
  Optional<Observation> newestSightingBefore(long instant) {
    return before(newestSightings, instant);
  }

  /** The change that made this version or an earlier one and was sent last, if it is known. */
  Optional<Map.Entry<Long, Change>> lastMaker(long version) {
    return makers.headMap(version, true).entrySet().stream()
        .max(Comparator.comparingLong(maker -> maker.getValue().span().from()));
  }

  /**
   * Whether the value can have been as wanted at an instant of the span: as a version between the
   * last that was seen before and the last that can have begun by then, or as one that was never
   * seen.
   */
  boolean mayHaveBeen(Predicate<Value> wanted, TimeRange span) {
    long first = newestSightingBefore(span.from()).map(Observation::version).orElse(0L);
    boolean byVersion =
        values.tailMap(first, true).entrySet().stream()
            .filter(one -> one.getKey() == first || earliest.get(one.getKey()) <= span.to())
            .anyMatch(one -> wanted.test(one.getValue()));
    return byVersion
        || open.stream()
            .filter(change -> change.span().from() <= span.to())
            .anyMatch(change -> wanted.test(change.value()));
  }

  private static Optional<Observation> before(
      NavigableMap<Long, Observation> newest, long instant) {
    return Optional.ofNullable(newest.lowerEntry(instant)).map(Map.Entry::getValue);
  }

  private static NavigableMap<Long, Observation> newestByEnd(Stream<Observation> sightings) {
    NavigableMap<Long, Observation> newest = new TreeMap<>();
    sightings
        .sorted(Comparator.comparingLong(sighting -> sighting.span().to()))
        .forEach(
            sighting -> {
              var last = newest.lastEntry();
              if (last == null || last.getValue().version() < sighting.version()) {
                newest.put(sighting.span().to(), sighting);
              }
            });
    return newest;
  }

  /** The first of these requests for one value that can have made the version. */
  private static Optional<Change> first(long version, List<Change> requests) {
    return requests.stream()
        .filter(Change::mayHaveHappened)
        .filter(change -> !change.isAcknowledged() || change.version() == version)
        .min(Comparator.comparingLong(change -> change.span().from()));
  }

  private NavigableMap<Long, Long> earliest() {
    NavigableMap<Long, Long> seenUntil = new TreeMap<>();
    sightings.forEach(
        sighting -> seenUntil.merge(sighting.version(), sighting.span().from(), Math::max));
    Set<Long> versions = new TreeSet<>(values.keySet());
    versions.addAll(seenUntil.keySet());
    NavigableMap<Long, Long> bounds = new TreeMap<>();
    long bound = Long.MIN_VALUE;
    for (long version : versions) {
      Change maker = makers.get(version);
      bound = Math.max(bound, maker == null ? Long.MIN_VALUE : maker.span().from());
      bounds.put(version, bound);
      bound = Math.max(bound, seenUntil.getOrDefault(version, Long.MIN_VALUE));
    }
    return bounds;
  }
}
