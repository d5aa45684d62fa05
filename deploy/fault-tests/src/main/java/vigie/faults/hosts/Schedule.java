// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import vigie.faults.harness.SeededRandom;
import vigie.faults.hosts.Fault.Kind;

/**
 * The faults of a run and when they begin and end. It follows from its seed alone.
 *
 * @param victims the hosts without which the others must go on; none if the faults may stop all
 */
record Schedule(List<Action> actions, Set<String> victims) {

  /** Of each role, the hosts of a lab; a majority is left when one of each is away. */
  static final List<List<String>> ROLES =
      List.of(
          List.of("kafka-1", "kafka-2", "kafka-3"),
          List.of("redis-1", "redis-2", "redis-3"),
          List.of("ingest-1", "ingest-2"),
          List.of("alert-1", "alert-2"));

  static final List<String> HOSTS = ROLES.stream().flatMap(List::stream).toList();

  /** How long the hosts that must be missed are away: failovers end before. */
  private static final int AWAY_MILLIS = 26_000;

  private static final int MAX_VICTIMS = 3;
  private static final int MAX_FAULTS = 6;
  private static final int SPREAD_MILLIS = 5_000;
  private static final int MAX_FAULT_MILLIS = 9_000;
  private static final int MIN_FAULT_MILLIS = 1_000;

  /**
   * A fault, and for how long.
   *
   * @param begins since the first of the schedule could begin
   */
  record Action(Duration begins, Duration ends, Fault fault) {

    @Override
    public String toString() {
      return "%s %.1f-%.1f s".formatted(fault, begins.toMillis() / 1e3, ends.toMillis() / 1e3);
    }
  }

  Schedule {
    actions = actions.stream().sorted(Comparator.comparing(Action::begins)).toList();
    victims = Set.copyOf(victims);
  }

  static Schedule of(long seed) {
    SeededRandom random = new SeededRandom(seed);
    return random.below(2) == 0 ? minority(random) : anything(random);
  }

  /** One host of each of some roles is away. */
  private static Schedule minority(SeededRandom random) {
    List<String> victims = new ArrayList<>();
    List<Action> actions = new ArrayList<>();
    for (List<String> role : random.shuffled(ROLES).subList(0, 1 + random.below(MAX_VICTIMS))) {
      String victim = random.oneOf(role);
      victims.add(victim);
      Kind kind = random.oneOf(Kind.WHOLE);
      actions.add(action(random.below(SPREAD_MILLIS / 2), AWAY_MILLIS, Fault.of(kind, victim)));
    }
    return new Schedule(actions, Set.copyOf(victims));
  }

  /** Faults on any host, which overlap. */
  private static Schedule anything(SeededRandom random) {
    List<Action> actions = new ArrayList<>();
    Set<String> withProcessFault = new HashSet<>();
    Set<String> slow = new HashSet<>();
    int count = 2 + random.below(MAX_FAULTS - 1);
    while (actions.size() < count) {
      Kind kind = random.oneOf(List.of(Kind.values()));
      String host = random.oneOf(HOSTS);
      String other = random.oneOf(HOSTS);
      int begins = random.below(SPREAD_MILLIS);
      int lasts = MIN_FAULT_MILLIS + random.below(MAX_FAULT_MILLIS - MIN_FAULT_MILLIS);
      boolean ofTwo = kind == Kind.CUT || kind == Kind.CUT_ONE_WAY;
      if ((ofTwo && host.equals(other))
          || (kind.isOfProcesses() && !withProcessFault.add(host))
          || (kind == Kind.SLOW && !slow.add(host))) {
        continue;
      }
      actions.add(action(begins, begins + lasts, new Fault(kind, host, ofTwo ? other : host)));
    }
    return new Schedule(actions, Set.of());
  }

  private static Action action(int begins, int ends, Fault fault) {
    return new Action(Duration.ofMillis(begins), Duration.ofMillis(ends), fault);
  }

  /** Whether the hosts that are not touched have to do all the work while the faults last. */
  boolean leavesMajority() {
    return !victims.isEmpty();
  }

  @Override
  public String toString() {
    return actions.stream().map(Action::toString).collect(Collectors.joining("; "));
  }
}
