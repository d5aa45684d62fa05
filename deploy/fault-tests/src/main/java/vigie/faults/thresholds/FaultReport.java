// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vigie.command.MarkdownTable;
import vigie.faults.thresholds.history.Change.Outcome;
import vigie.faults.thresholds.history.History;
import vigie.stack.redis.RedisTopology;

/** All results, as a table by form and fault; safe for use by several threads. */
final class FaultReport {

  private final Map<RedisTopology, Map<Fault, Sum>> sums = new EnumMap<>(RedisTopology.class);

  synchronized void add(Result result) {
    sums.computeIfAbsent(result.form(), form -> new EnumMap<>(Fault.class))
        .computeIfAbsent(result.fault(), fault -> new Sum())
        .add(result);
  }

  synchronized long violations() {
    return total().violations;
  }

  @Override
  public synchronized String toString() {
    MarkdownTable table =
        new MarkdownTable(
            "form",
            "fault",
            "runs",
            "changes acknowledged",
            "indeterminate",
            "conflicts",
            "refused",
            "readings",
            "results",
            "alerts",
            "violations");
    sums.forEach(
        (form, faults) ->
            faults.forEach(
                (fault, sum) -> table.add(sum.cells(form.toString(), fault.toString()))));
    table.add(total().cells("all", ""));
    return table.toString();
  }

  private Sum total() {
    Sum total = new Sum();
    sums.values().forEach(faults -> faults.values().forEach(total::add));
    return total;
  }

  private static final class Sum {

    private long runs;
    private long acknowledged;
    private long indeterminate;
    private long conflicts;
    private long refused;
    private long readings;
    private long results;
    private long alerts;
    private long violations;

    void add(Result result) {
      runs++;
      History history = result.history();
      acknowledged += history.changes(Outcome.ACKNOWLEDGED);
      indeterminate += history.changes(Outcome.INDETERMINATE);
      conflicts += history.changes(Outcome.CONFLICT);
      refused += history.changes(Outcome.REFUSED);
      readings += history.readings().size();
      results += history.acceptedEvents();
      alerts += history.judgements().size();
      violations += result.violations().size();
    }

    void add(Sum other) {
      runs += other.runs;
      acknowledged += other.acknowledged;
      indeterminate += other.indeterminate;
      conflicts += other.conflicts;
      refused += other.refused;
      readings += other.readings;
      results += other.results;
      alerts += other.alerts;
      violations += other.violations;
    }

    String[] cells(String form, String fault) {
      List<String> cells = new ArrayList<>(List.of(form, fault));
      for (long figure :
          new long[] {
            runs,
            acknowledged,
            indeterminate,
            conflicts,
            refused,
            readings,
            results,
            alerts,
            violations
          }) {
        cells.add(String.format(Locale.ROOT, "%,d", figure));
      }
      return cells.toArray(String[]::new);
    }
  }
}
