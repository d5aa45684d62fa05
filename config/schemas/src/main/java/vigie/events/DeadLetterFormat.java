// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

/**
 * How a record that is no event is kept in {@code vigie.dead-letters}: its key and value as they
 * were, and headers that say where it was and why it is here.
 */
public final class DeadLetterFormat {

  public static final String TOPIC = "topic";
  public static final String PARTITION = "partition";
  public static final String OFFSET = "offset";
  public static final String REASON = "reason";

  /** The size of a value that was left where it is, since it is above {@link #LARGEST_VALUE}. */
  public static final String OMITTED_BYTES = "omitted-bytes";

  /** Bytes; a larger value would not fit into a record again together with the headers. */
  public static final int LARGEST_VALUE = 900 * 1024;

  private DeadLetterFormat() {}
}
