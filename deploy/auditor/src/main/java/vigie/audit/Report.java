// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The findings, for people: a line each, then what is wrong, then the verdict. */
record Report(List<Finding> findings, List<String> faults, Optional<Instant> endOfHour) {

  private static final String LINE = "%-12s %9s %12s %12s %12s %12s %9s %9s %9s %9s  %s%n";

  boolean isGood() {
    return faults.isEmpty() && findings.stream().allMatch(Finding::isExact);
  }

  void print(PrintStream out) {
    out.printf(
        LINE,
        "table",
        "partition",
        "low",
        "high",
        "rows",
        "dead letters",
        "given up",
        "gaps",
        "overlaps",
        "behind",
        "verdict");
    for (Finding finding : findings) {
      out.printf(
          LINE,
          finding.table(),
          finding.partition(),
          finding.low(),
          finding.high(),
          finding.rows(),
          finding.letters(),
          finding.givenUp(),
          finding.gaps(),
          finding.overlaps(),
          finding.behind(),
          finding.isExact() ? "exact" : "WRONG");
    }
    out.println();
    faults.forEach(out::println);
    for (Finding finding : findings) {
      finding
          .problems()
          .forEach(
              problem -> out.printf("%s %s: %s%n", finding.table(), finding.partition(), problem));
    }
    out.println(verdict());
  }

  private String verdict() {
    long rows = findings.stream().mapToLong(Finding::rows).sum();
    long letters = findings.stream().mapToLong(Finding::letters).sum();
    long givenUp = findings.stream().mapToLong(Finding::givenUp).sum();
    if (!isGood()) {
      return endOfHour.isPresent() ? "NOT COMPLETE AND EXACT" : "NOT EXACT";
    }
    String exact =
        String.format(
            Locale.ROOT,
            "Each offset is archived exactly once: %,d rows, %,d dead letters%s.",
            rows,
            letters,
            givenUp == 0
                ? ""
                : String.format(Locale.ROOT, ", but for %,d that were given up", givenUp));
    return endOfHour
        .map(end -> exact + " Every record that Kafka got before " + end + " is among them.")
        .orElse(exact);
  }
}
