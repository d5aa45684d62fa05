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

  /** The service that could not read the record; no letter of before says so. */
  public static final String SENDER = "sender";

  /** The sender whose letters stand for rows of the archive. */
  public static final String ARCHIVE = "archive-service";

  /**
   * Which of its partition's logs the archive read the record from; the first where it is missing.
   */
  public static final String EPOCH = "epoch";

  /**
   * The size of a value that was left where it is, since it is above {@link #LARGEST_VALUE}. The
   * archive's letters leave none: they divide it.
   */
  public static final String OMITTED_BYTES = "omitted-bytes";

  /** Which part of the record's value this letter has, from 1; all of it where this is missing. */
  public static final String PART = "part";

  /** Into how many letters the value was divided. */
  public static final String PARTS = "parts";

  /** The header of a record that was a dead letter and is sent again: {@code epoch:offset}. */
  public static final String REDRIVEN = "redriven";

  /** Bytes; a larger value would not fit into a record again together with the headers. */
  public static final int LARGEST_VALUE = 900 * 1024;

  private DeadLetterFormat() {}
}
