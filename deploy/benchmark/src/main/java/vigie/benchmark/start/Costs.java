// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Processor time of a process and of all that it has started, so far (Linux, {@code /proc}). */
record Costs(Map<Component, Duration> byComponent) {

  /** The kernel's interface to programs fixes this unit. */
  private static final long TICKS_PER_SECOND = 100;

  /** Of user time, counted from the state, the first field behind the command's name. */
  private static final int USER_TIME = 11;

  /** Of the user time of children that have ended. */
  private static final int CHILDREN_USER_TIME = 13;

  static Costs of(ProcessHandle up) {
    Map<Component, Duration> costs = new EnumMap<>(Component.class);
    add(costs, Component.UP, up, USER_TIME);
    add(costs, Component.ENDED, up, CHILDREN_USER_TIME);
    up.descendants()
        .forEach(
            process -> {
              Component component = Component.of(commandLine(process));
              add(costs, component, process, USER_TIME);
              add(costs, component, process, CHILDREN_USER_TIME);
            });
    return new Costs(costs);
  }

  Costs since(Costs before) {
    Map<Component, Duration> costs = new EnumMap<>(Component.class);
    byComponent.forEach(
        (component, time) ->
            costs.put(
                component, time.minus(before.byComponent.getOrDefault(component, Duration.ZERO))));
    return new Costs(costs);
  }

  Duration of(Component component) {
    return byComponent.getOrDefault(component, Duration.ZERO);
  }

  Duration sum() {
    return byComponent.values().stream().reduce(Duration.ZERO, Duration::plus);
  }

  private static void add(
      Map<Component, Duration> costs, Component component, ProcessHandle process, int userTime) {
    fields(process)
        .map(fields -> Long.parseLong(fields[userTime]) + Long.parseLong(fields[userTime + 1]))
        .map(ticks -> Duration.ofMillis(ticks * 1_000 / TICKS_PER_SECOND))
        .ifPresent(time -> costs.merge(component, time, Duration::plus));
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(file(process, "cmdline")).replace('\0', ' ');
    } catch (IOException ended) {
      return "";
    }
  }

  /** Empty for a process that has ended meanwhile: its parent's account has its time then. */
  private static Optional<String[]> fields(ProcessHandle process) {
    try {
      String stat = Files.readString(file(process, "stat"));
      return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }

  private static Path file(ProcessHandle process, String name) {
    return Path.of("/proc", Long.toString(process.pid()), name);
  }
}
