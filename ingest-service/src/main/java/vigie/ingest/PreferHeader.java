// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.vertx.core.MultiMap;

/**
 * What a client asks for in the header {@code Prefer} (RFC 7240). One preference is known, {@code
 * return=representation}; others are ignored, as the RFC wants it.
 */
final class PreferHeader {

  /** That the answer names the ids under which the events are stored. */
  static final String REPRESENTATION = "return=representation";

  private static final String HEADER = "Prefer";
  private static final String NAME = "return";
  private static final String VALUE = "representation";

  private PreferHeader() {}

  /** Several headers are one list; of a preference that comes again the first one counts. */
  static boolean asksForIds(MultiMap headers) {
    if (!headers.contains(HEADER)) {
      return false;
    }
    String list = String.join(",", headers.getAll(HEADER));
    for (int from = 0, end; from < list.length(); from = end + 1) {
      end = end(list, from, list.length(), ',');
      String[] parts = list.substring(from, end(list, from, end, ';')).split("=", 2);
      if (parts[0].strip().equalsIgnoreCase(NAME)) {
        return parts.length == 2 && unquoted(parts[1].strip()).equals(VALUE);
      }
    }
    return false;
  }

  /** Where {@code mark} is, outside quotation marks; {@code to} when it is nowhere before. */
  private static int end(String list, int from, int to, char mark) {
    boolean quoted = false;
    for (int i = from; i < to; i++) {
      char c = list.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == mark) {
        return i;
      }
    }
    return to;
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
