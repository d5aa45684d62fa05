// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vigie.events.Identifier;

/**
 * What a unit requests when it connects.
 *
 * @param area it receives every alert in this area
 * @param neighbourhood it receives escalated alerts and claims in this larger area
 */
public record SubscribeRequest(
    String unit, Area area, Area neighbourhood, Optional<String> cursor) {

  /**
   * Reads the query of the handshake.
   *
   * @param bounds the area of a unit that names none
   * @param margin how far a neighbourhood reaches beyond its area, in degrees
   */
  public static SubscribeRequest of(String unit, String query, Area bounds, double margin)
      throws MalformedFrameException {
    Optional<String> fault = Identifier.UNIT.fault(unit);
    if (fault.isPresent()) {
      throw new MalformedFrameException("bad-unit", "The unit's id " + fault.get());
    }
    Map<String, List<String>> parameters =
        query == null ? Map.of() : new QueryStringDecoder(query, false).parameters();
    Optional<String> corners = first(parameters, "area");
    Area area = corners.isPresent() ? Area.parse(corners.get()) : bounds;
    return new SubscribeRequest(unit, area, area.grownBy(margin), first(parameters, "cursor"));
  }

  /** Whether the unit is to be told of {@code entry}. */
  public boolean matches(LogEntry entry) {
    Area wanted = entry.nearby() ? neighbourhood : area;
    return wanted.contains(entry.latitude(), entry.longitude());
  }

  private static Optional<String> first(Map<String, List<String>> parameters, String name) {
    return parameters.getOrDefault(name, List.of()).stream().findFirst();
  }
}
