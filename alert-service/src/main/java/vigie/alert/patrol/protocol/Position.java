// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Base64;
import java.util.stream.IntStream;

/**
 * How far a reader is in the log: per lane, the offset of the next entry to read. A lane that a
 * position does not know is at its beginning. Its cursor is its text form, opaque to clients: the
 * offsets feed by feed. Immutable.
 */
public final class Position {

  public static final Position EARLIEST = new Position(new long[] {0});

  private static final int MOST_PARTITIONS = 1024;
  private static final int MOST_DIGITS = 18;
  private static final int FEEDS = LogPartition.FEEDS.size();

  /** At least one; of the others, the last is not at its beginning. */
  private final long[] offsets;

  /** Takes over {@code offsets}. */
  private Position(long[] offsets) {
    int used = offsets.length;
    while (used > 1 && offsets[used - 1] == 0) {
      used--;
    }
    this.offsets = used == offsets.length ? offsets : Arrays.copyOf(offsets, used);
  }

  public static Position of(long... offsets) {
    return new Position(offsets.clone());
  }

  /**
   * In time and memory that are linear in its length, whatever it says.
   *
   * @throws MalformedFrameException when {@code cursor} is not one that this service gave
   */
  public static Position parse(String cursor) throws MalformedFrameException {
    String[] feeds = text(cursor).split("/", FEEDS + 1);
    if (feeds.length > FEEDS) {
      throw malformed();
    }
    long[] offsets = new long[FEEDS];
    for (int feed = 0; feed < feeds.length; feed++) {
      String[] partitions = feeds[feed].split("\\.", -1);
      if (partitions.length > MOST_PARTITIONS) {
        throw malformed();
      }
      offsets = Arrays.copyOf(offsets, Math.max(offsets.length, FEEDS * partitions.length));
      for (int partition = 0; partition < partitions.length; partition++) {
        offsets[partition * FEEDS + feed] = offset(partitions[partition]);
      }
    }
    return new Position(offsets);
  }

  private static String text(String cursor) throws MalformedFrameException {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), US_ASCII);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static long offset(String digits) throws MalformedFrameException {
    if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
      throw malformed();
    }
    long offset = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw malformed();
      }
      offset = 10 * offset + digit;
    }
    return offset;
  }

  private static MalformedFrameException malformed() {
    return new MalformedFrameException("bad-cursor", "The cursor is not one of this service");
  }

  public String cursor() {
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

  public long offset(int lane) {
    return lane < offsets.length ? offsets[lane] : 0;
  }

  public Position with(int lane, long offset) {
    long[] changed = Arrays.copyOf(offsets, Math.max(offsets.length, lane + 1));
    changed[lane] = offset;
    return new Position(changed);
  }

  /** The earlier one of this and {@code other} in each lane. */
  public Position orBefore(Position other) {
    return new Position(
        IntStream.range(0, Math.max(lanes(), other.lanes()))
            .mapToLong(lane -> Math.min(offset(lane), other.offset(lane)))
            .toArray());
  }

  /** This where it is not ahead of {@code ends}; the other lanes are at their beginning. */
  public Position only(Position ends) {
    return new Position(
        IntStream.range(0, Math.min(lanes(), ends.lanes()))
            .mapToLong(lane -> offset(lane) > ends.offset(lane) ? 0 : offset(lane))
            .toArray());
  }

  /** Whether everything before {@code other} is also before this. */
  public boolean covers(Position other) {
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
