// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

/** Which of the exercises are asked for, in the order of their list. */
record RatesPage(int offset, int limit) {

  private static final int MOST = 100_000;
  private static final String ALLOWED = "%d to " + MOST;

  static RatesPage of(String offset, String limit) {
    return new RatesPage(inRange("offset", offset, 0), inRange("limit", limit, 1));
  }

  /** Whether it is all of a list of that size. */
  boolean holds(int size) {
    return offset == 0 && size <= limit;
  }

  private static int inRange(String name, String text, int least) {
    String allowed = ALLOWED.formatted(least);
    int number = FailurePlacesQuery.number(name, text, allowed);
    if (number < least || number > MOST) {
      throw FailurePlacesQuery.bad(name, allowed);
    }
    return number;
  }
}
