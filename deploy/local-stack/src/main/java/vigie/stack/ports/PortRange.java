// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.ports;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vigie.stack.workspace.StackException;

/**
 * The ports from which tests take theirs. A port is free when it is looked at and bound seconds
 * later, so two JVMs that start systems at the same time need disjoint ranges: {@value #PROPERTY}
 * is {@code first-last}. Within a JVM a port comes again only after all others of the range.
 */
public final class PortRange {

  static final String PROPERTY = "vigie.ports";

  /** Below the range from which Linux takes the ports of outgoing connections. */
  private static final String DEFAULT = "12000-31999";

  private static final Pattern FORM = Pattern.compile("(\\d{4,5})-(\\d{4,5})");
  private static final PortRange OF_THIS_JVM = parse(System.getProperty(PROPERTY, DEFAULT));

  private final int first;
  private final int last;
  private int next;

  private PortRange(int first, int last) {
    this.first = first;
    this.last = last;
    this.next = ThreadLocalRandom.current().nextInt(first, last + 1);
  }

  public static PortRange ofThisJvm() {
    return OF_THIS_JVM;
  }

  static PortRange parse(String range) {
    Matcher numbers = FORM.matcher(range);
    if (numbers.matches()) {
      int first = Integer.parseInt(numbers.group(1));
      int last = Integer.parseInt(numbers.group(2));
      if (first <= last && last <= 65_535) {
        return new PortRange(first, last);
      }
    }
    throw new StackException(
        "%s is first-last, such as %s: %s".formatted(PROPERTY, DEFAULT, range));
  }

  /** The next port that is free. */
  synchronized int next(IntPredicate isFree) {
    for (int tried = first; tried <= last; tried++) {
      int port = next;
      next = port == last ? first : port + 1;
      if (isFree.test(port)) {
        return port;
      }
    }
    throw new StackException("no port of %s is free".formatted(this));
  }

  /** For a child JVM that starts systems too. */
  public String option() {
    return "-D%s=%s".formatted(PROPERTY, this);
  }

  @Override
  public String toString() {
    return first + "-" + last;
  }
}
