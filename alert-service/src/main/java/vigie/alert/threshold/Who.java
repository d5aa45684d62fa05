// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import jakarta.ws.rs.core.Response.Status;
import vigie.alert.problem.ProblemException;

/** Who asks for a change, as the audit will say: what the client says of itself, until tokens. */
final class Who {

  static final String HEADER = "Vigie-User";

  private static final int LONGEST = 200;
  private static final String NOBODY_SAID = "unknown";

  private Who() {}

  static String of(String header) {
    if (header == null || header.isBlank()) {
      return NOBODY_SAID;
    }
    if (header.length() > LONGEST) {
      throw new ProblemException(
          Status.BAD_REQUEST,
          "malformed-user",
          "%s has at most %d characters".formatted(HEADER, LONGEST));
    }
    return header.strip();
  }
}
