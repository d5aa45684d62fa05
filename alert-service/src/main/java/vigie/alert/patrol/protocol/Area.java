// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/**
 * A rectangle in degrees, its edges included. A western edge that is east of the eastern one means
 * an area across the 180th meridian.
 */
public record Area(double south, double west, double north, double east) {

  public static final Area EVERYWHERE = new Area(-90, -180, 90, 180);

  private static final int MOST_DECIMALS = 20;
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,3}(\\.\\d{1,20})?");

  /** Reads {@code lat1,lon1,lat2,lon2}: the south-western, then the north-eastern corner. */
  public static Area parse(String text) throws MalformedFrameException {
    String[] parts = text.split(",", -1);
    if (parts.length != 4) {
      throw malformed();
    }
    Area area =
        new Area(
            degrees(parts[0], 90), degrees(parts[1], 180),
            degrees(parts[2], 90), degrees(parts[3], 180));
    if (area.south > area.north) {
      throw malformed();
    }
    return area;
  }

  public boolean contains(double latitude, double longitude) {
    boolean inLongitude =
        isAcross()
            ? west <= longitude || longitude <= east
            : west <= longitude && longitude <= east;
    return south <= latitude && latitude <= north && inLongitude;
  }

  /**
   * Whether all of {@code other} is in this area. Edges are compared as they are: sums of them are
   * rounded, so that areas with a common edge would seem to overlap.
   */
  public boolean covers(Area other) {
    return south <= other.south && other.north <= north && coversLongitudesOf(other);
  }

  private boolean coversLongitudesOf(Area other) {
    if (isAcross() == other.isAcross()) {
      return west <= other.west && other.east <= east;
    }
    return isAcross() ? west <= other.west || other.east <= east : west <= -180 && 180 <= east;
  }

  /** Whether the 180th meridian is inside. */
  private boolean isAcross() {
    return west > east;
  }

  /** What {@link #parse} reads. */
  public String text() {
    return DoubleStream.of(south, west, north, east)
        .mapToObj(
            degrees ->
                BigDecimal.valueOf(degrees)
                    .setScale(MOST_DECIMALS, RoundingMode.HALF_EVEN)
                    .stripTrailingZeros()
                    .toPlainString())
        .collect(joining(","));
  }

  /** This area and {@code degrees} around it. */
  Area grownBy(double degrees) {
    boolean around = 360 - width() <= 2 * degrees;
    return new Area(
        Math.max(-90, south - degrees),
        around ? -180 : turned(west - degrees),
        Math.min(90, north + degrees),
        around ? 180 : turned(east + degrees));
  }

  private double width() {
    return isAcross() ? 360 + east - west : east - west;
  }

  private static double turned(double longitude) {
    return longitude < -180 ? longitude + 360 : longitude > 180 ? longitude - 360 : longitude;
  }

  private static double degrees(String text, double limit) throws MalformedFrameException {
    if (!NUMBER.matcher(text).matches() || Math.abs(Double.parseDouble(text)) > limit) {
      throw malformed();
    }
    return Double.parseDouble(text);
  }

  private static MalformedFrameException malformed() {
    return new MalformedFrameException(
        "bad-area", "area is lat1,lon1,lat2,lon2: south-western, then north-eastern corner");
  }
}
