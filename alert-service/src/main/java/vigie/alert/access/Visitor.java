// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.jwt.JsonWebToken;
import vigie.access.Access;

/** Who sends the current request. */
@Singleton
public class Visitor {

  private static final String UNKNOWN = "unknown";
  private static final int LONGEST = 256;
  private static final int REPLACEMENT = '\uFFFD';

  private final Access access;
  private final SecurityIdentity current;

  /**
   * @param current stands for that of each request
   */
  Visitor(Access access, SecurityIdentity current) {
    this.access = access;
    this.current = current;
  }

  /** The subject of the token, as it may be stored and shown; {@code unknown} where all is open. */
  public String name() {
    return !access.isOpen()
            && current.getPrincipal() instanceof JsonWebToken token
            && token.getSubject() != null
        ? printable(token.getSubject())
        : UNKNOWN;
  }

  /** Each change of a threshold keeps it for good, and lists show it. */
  static String printable(String subject) {
    return subject
        .codePoints()
        .limit(LONGEST)
        .map(c -> isInvisible(c) ? REPLACEMENT : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isInvisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
