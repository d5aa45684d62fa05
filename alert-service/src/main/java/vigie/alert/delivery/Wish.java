// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a unit asks for when it connects. */
record Wish(String unit, Area area, Optional<String> cursor) {

  private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  static Wish of(String unit, String query) throws MalformedFrameException {
    if (!UNIT.matcher(unit).matches()) {
      throw new MalformedFrameException(
          "bad-unit", "A unit's id has 1 to 64 letters, digits, dots, dashes or underscores");
    }
    Map<String, List<String>> parameters =
        query == null ? Map.of() : new QueryStringDecoder(query, false).parameters();
    Optional<String> area = first(parameters, "area");
    return new Wish(
        unit,
        area.isPresent() ? Area.parse(area.get()) : Area.EVERYWHERE,
        first(parameters, "cursor"));
  }

  /** Whether the unit is to be told of {@code entry}. */
  boolean isMetBy(LogEntry entry) {
    return area.contains(entry.latitude(), entry.longitude());
  }

  private static Optional<String> first(Map<String, List<String>> parameters, String name) {
    return parameters.getOrDefault(name, List.of()).stream().findFirst();
  }
}
