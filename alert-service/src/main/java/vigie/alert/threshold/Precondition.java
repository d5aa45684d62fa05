// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import jakarta.ws.rs.core.Response.Status;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vigie.alert.problem.ProblemException;

/** What must be true of a threshold for a change to happen, in the words of the script. */
record Precondition(String condition) {

  static final Precondition ANY = new Precondition("any");
  static final Precondition ABSENT = new Precondition("absent");
  static final Precondition PRESENT = new Precondition("present");

  private static final Pattern ETAG = Pattern.compile("\"([1-9]\\d{0,14})\"");

  /** Reads the two conditional headers; either header may be null. */
  static Precondition of(String ifMatch, String ifNoneMatch) {
    if (ifMatch != null && ifNoneMatch != null) {
      throw malformed("If-Match and If-None-Match exclude each other");
    }
    if (ifNoneMatch != null) {
      if (!ifNoneMatch.equals("*")) {
        throw malformed("If-None-Match may only be *");
      }
      return ABSENT;
    }
    if (ifMatch == null) {
      return ANY;
    }
    if (ifMatch.equals("*")) {
      return PRESENT;
    }
    Matcher etag = ETAG.matcher(ifMatch);
    if (!etag.matches()) {
      throw malformed("If-Match must be * or one ETag that this service gave");
    }
    return new Precondition(etag.group(1));
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(Status.BAD_REQUEST, "malformed-precondition", detail);
  }
}
