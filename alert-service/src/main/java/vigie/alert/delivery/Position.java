// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How far somebody is in the log: per lane, the offset of the next entry to read. A lane that a
 * position does not know is at its beginning. Its cursor is its text form, opaque to clients: the
 * offsets feed by feed. Immutable.
 */
final class Position {

  static final Position EARLIEST = new Position(new long[] {0});

  private static final int MOST_PARTITIONS = 1024;
  private static final int FEEDS = Lane.FEEDS.size();
  private static final Pattern CURSOR =
      Pattern.compile("\\d{1,18}(\\.\\d{1,18})*(/\\d{1,18}(\\.\\d{1,18})*)?");

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
    if (!CURSOR.matcher(text).matches()) {
      throw new MalformedFrameException("bad-cursor", "The cursor is not one of this service");
    }
    String[] feeds = text.split("/", -1);
    Position position = EARLIEST;
    for (int feed = 0; feed < feeds.length; feed++) {
      String[] offsets = feeds[feed].split("\\.", -1);
      if (offsets.length > MOST_PARTITIONS) {
        throw new MalformedFrameException("bad-cursor", "The cursor is not one of this service");
      }
      for (int partition = offsets.length - 1; partition >= 0; partition--) {
        position = position.with(partition * FEEDS + feed, Long.parseLong(offsets[partition]));
      }
    }
    return position;
  }

  String cursor() {
    StringBuilder text = new StringBuilder();
    for (int feed = 0; feed < Math.min(FEEDS, offsets.length); feed++) {
      text.append(feed == 0 ? "" : "/").append(offsets[feed]);
      for (int lane = feed + FEEDS; lane < offsets.length; lane += FEEDS) {
        text.append('.').append(offsets[lane]);
      }
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.toString().getBytes(US_ASCII));
  }

  int lanes() {
    return offsets.length;
  }

  long offset(int lane) {
    return lane < offsets.length ? offsets[lane] : 0;
  }

  Position with(int lane, long offset) {
    long[] changed = Arrays.copyOf(offsets, Math.max(offsets.length, lane + 1));
    changed[lane] = offset;
    return new Position(changed);
  }

  /** The earlier one of this and {@code other} in each lane. */
  Position orBefore(Position other) {
    return new Position(
        IntStream.range(0, Math.max(lanes(), other.lanes()))
            .mapToLong(lane -> Math.min(offset(lane), other.offset(lane)))
            .toArray());
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
    long sum = 0;
    for (long offset : offsets) {
      sum += offset;
    }
    return Long.hashCode(sum);
  }

  @Override
  public String toString() {
    return Arrays.toString(offsets);
  }
}
