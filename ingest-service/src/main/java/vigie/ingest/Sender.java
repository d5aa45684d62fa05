// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Who sends a request: whose events it may carry. */
@FunctionalInterface
interface Sender {

  Sender ANYBODY = student -> true;

  /** Whether a request may carry events of {@code student}, a studentId in UTF-8. */
  boolean maySendFor(byte[] student);

  static Sender laptopOf(String studentId) {
    byte[] own = studentId.getBytes(UTF_8);
    return student -> Arrays.equals(own, student);
  }
}
