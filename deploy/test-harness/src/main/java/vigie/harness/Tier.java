// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.harness;

import java.time.Duration;

/**
 * How long the forms of the tests are: bounded in {@code deploy/test}, long in {@code deploy/test
 * --all}, which sets the system property {@value #PROPERTY} to {@code all}. A property of its own
 * gives one test another size.
 */
public enum Tier {
  BOUNDED,
  ALL;

  /** {@code all} for the long forms; anything else, or nothing, for the bounded ones. */
  public static final String PROPERTY = "vigie.tier";

  /** The tier of this run. */
  public static Tier current() {
    return "all".equals(System.getProperty(PROPERTY)) ? ALL : BOUNDED;
  }

  /**
   * How often something is done.
   *
   * @param property the system property that overrides both numbers
   */
  public static int count(String property, int bounded, int all) {
    return Integer.getInteger(property, current().choose(bounded, all));
  }

  /**
   * How long something lasts.
   *
   * @param property the system property that overrides both, in ISO 8601: {@code PT15S}
   */
  public static Duration duration(String property, Duration bounded, Duration all) {
    String given = System.getProperty(property);
    return given == null ? current().choose(bounded, all) : Duration.parse(given);
  }

  private <T> T choose(T bounded, T all) {
    return this == ALL ? all : bounded;
  }
}
