// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.exam;

import java.time.Duration;

/** How long the systems may take to come to what is waited for. */
record Deadline(long nanoTime) {

  private static final Duration POLL = Duration.ofMillis(500);

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** What a system is asked again and again. */
  @FunctionalInterface
  interface Question {
    boolean isSo() throws Exception;
  }

  /**
   * Returns once it is so.
   *
   * @param otherwise the message of what is thrown when it is not in time
   */
  void await(Question question, String otherwise) throws Exception {
    while (!question.isSo()) {
      if (System.nanoTime() - nanoTime > 0) {
        throw new IllegalStateException(otherwise + "; run the command again");
      }
      Thread.sleep(POLL.toMillis());
    }
  }
}
