// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processor time that the living threads of another JVM have used so far, by their names; the
 * threads of its compiler and its collector are among them.
 */
public record ThreadCosts(Map<String, Duration> byName) {

  private static final Pattern THREAD =
      Pattern.compile("^\"(.+)\" .*\\bcpu=([0-9.]+)ms ", Pattern.MULTILINE);

  /** Asks process {@code pid}, which stops for some milliseconds to answer. */
  public static ThreadCosts of(long pid) throws IOException {
    return parse(Jcmd.ask(pid, "Thread.print"));
  }

  /** Reads what {@code Thread.print} answers. */
  static ThreadCosts parse(String dump) {
    Map<String, Duration> byName = new HashMap<>();
    for (Matcher thread = THREAD.matcher(dump); thread.find(); ) {
      Duration cpu = Duration.ofNanos(Math.round(1e6 * Double.parseDouble(thread.group(2))));
      byName.merge(thread.group(1), cpu, Duration::plus);
    }
    return new ThreadCosts(byName);
  }

  /** What came after {@code before}. */
  public ThreadCosts since(ThreadCosts before) {
    Map<String, Duration> since = new HashMap<>();
    byName.forEach(
        (name, cpu) -> since.put(name, cpu.minus(before.byName.getOrDefault(name, Duration.ZERO))));
    return new ThreadCosts(since);
  }

  /** All threads whose whole names match. */
  public Duration of(Pattern names) {
    return byName.entrySet().stream()
        .filter(thread -> names.matcher(thread.getKey()).matches())
        .map(Map.Entry::getValue)
        .reduce(Duration.ZERO, Duration::plus);
  }
}
