// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.archive;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vigie.command.MarkdownTable;

/** All results, as a table by fault. */
final class FaultReport {

  private static final double SECOND = 1e9;

  private record Sum(int runs, long nanos, long longest, int problems) {

    static final Sum NONE = new Sum(0, 0, 0, 0);

    Sum plus(Sum other) {
      return new Sum(
          runs + other.runs,
          nanos + other.nanos,
          Math.max(longest, other.longest),
          problems + other.problems);
    }
  }

  private final Map<Fault, Sum> sums = new EnumMap<>(Fault.class);
  private int problemsAtEnd;

  void add(Result result) {
    Sum one = new Sum(1, result.nanos(), result.nanos(), result.problems().size());
    sums.merge(result.fault(), one, Sum::plus);
  }

  void addAtEnd(List<String> problems) {
    problems.forEach(System.out::println);
    problemsAtEnd += problems.size();
  }

  int problems() {
    return total().problems() + problemsAtEnd;
  }

  @Override
  public String toString() {
    MarkdownTable table =
        new MarkdownTable("fault", "runs", "mean s until proven", "longest s", "problems");
    sums.forEach((fault, sum) -> add(table, fault.toString(), sum));
    add(table, "all", total());
    return table.toString();
  }

  private Sum total() {
    return sums.values().stream().reduce(Sum.NONE, Sum::plus);
  }

  private static void add(MarkdownTable table, String fault, Sum sum) {
    table.add(
        fault,
        Integer.toString(sum.runs()),
        seconds((double) sum.nanos() / Math.max(1, sum.runs())),
        seconds((double) sum.longest()),
        Integer.toString(sum.problems()));
  }

  private static String seconds(double nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos / SECOND);
  }
}
