// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;

/** Who sends a request: whose events it may carry. */
public final class SenderIdentity {

  public static final SenderIdentity ANYBODY = new SenderIdentity(Optional.empty());

  private final Optional<String> student;
  private final byte[] utf8;

  private SenderIdentity(Optional<String> student) {
    this.student = student;
    this.utf8 = student.orElse("").getBytes(UTF_8);
  }

  public static SenderIdentity laptopOf(String studentId) {
    return new SenderIdentity(Optional.of(studentId));
  }

  /** The only student whose events it may carry; empty where it may carry those of any. */
  public Optional<String> student() {
    return student;
  }

  /** Whether a request may carry events of {@code other}, a studentId in UTF-8. */
  public boolean maySendFor(byte[] other) {
    return student.isEmpty() || Arrays.equals(utf8, other);
  }
}
