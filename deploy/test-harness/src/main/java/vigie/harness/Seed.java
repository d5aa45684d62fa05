// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The seed of a randomised test: the same for one commit and class, another with the next commit.
 * The system property {@value #PROPERTY} sets it. Each seed is printed, so a failure can be
 * repeated.
 */
public final class Seed {

  /** A number: the seed of all tests of the run. */
  public static final String PROPERTY = "vigie.seed";

  private Seed() {}

  /** The seed of a class of tests. */
  public static long of(Class<?> test) {
    Long given = Long.getLong(PROPERTY);
    long seed = given == null ? derived(commit(), test.getName()) : given;
    System.out.printf("%s: -D%s=%d%n", test.getSimpleName(), PROPERTY, seed);
    return seed;
  }

  /** Positive, so that it can be typed as an option's value. */
  static long derived(String commit, String test) {
    byte[] name = (commit + ' ' + test).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).getLeastSignificantBits() & Long.MAX_VALUE;
  }

  /** Empty outside a clone, or without git: then the class alone decides. */
  private static String commit() {
    try {
      Process git = new ProcessBuilder("git", "rev-parse", "HEAD").start();
      return new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
