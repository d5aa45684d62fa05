// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far somebody is in the alerts: per partition, the offset of the next alert to read. A
 * partition that a position does not know is at its beginning. Its cursor is its text form, opaque
 * to clients. Immutable.
 */
final class Position {

  static final Position EARLIEST = new Position(new long[] {0});

  private static final int MOST_PARTITIONS = 1024;
  private static final Pattern OFFSETS = Pattern.compile("\\d{1,18}(\\.\\d{1,18})*");

  private final long[] offsets;

  private Position(long[] offsets) {
    this.offsets = offsets;
  }

  static Position of(long... offsets) {
    return new Position(offsets.clone());
  }

  /**
   * @throws MalformedFrameException when {@code cursor} is not one that this service gave
   */
  static Position parse(String cursor) throws MalformedFrameException {
    String text;
    try {
      text = new String(Base64.getUrlDecoder().decode(cursor), US_ASCII);
    } catch (IllegalArgumentException e) {
      throw new MalformedFrameException("bad-cursor", "The cursor is not one of this service");
    }
    if (!OFFSETS.matcher(text).matches()) {
      throw new MalformedFrameException("bad-cursor", "The cursor is not one of this service");
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length > MOST_PARTITIONS) {
      throw new MalformedFrameException("bad-cursor", "The cursor is not one of this service");
    }
    return new Position(Arrays.stream(parts).mapToLong(Long::parseLong).toArray());
  }

  String cursor() {
    String text = Arrays.stream(offsets).mapToObj(Long::toString).collect(Collectors.joining("."));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(US_ASCII));
  }

  int partitions() {
    return offsets.length;
  }

  long offset(int partition) {
    return partition < offsets.length ? offsets[partition] : 0;
  }

  Position with(int partition, long offset) {
    long[] changed = Arrays.copyOf(offsets, Math.max(offsets.length, partition + 1));
    changed[partition] = offset;
    return new Position(changed);
  }

  /** Whether everything before {@code other} is also before this. */
  boolean covers(Position other) {
    for (int i = 0; i < other.offsets.length; i++) {
      if (other.offsets[i] > offset(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Position position && covers(position) && position.covers(this);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(Arrays.stream(offsets).sum());
  }

  @Override
  public String toString() {
    return Arrays.toString(offsets);
  }
}
