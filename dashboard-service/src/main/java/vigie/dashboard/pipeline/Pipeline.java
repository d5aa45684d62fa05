// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.pipeline;

import java.time.Instant;
import java.util.List;

/**
 * How fresh things are. A part that did not answer has null for its values and says so in {@code
 * figuresProblem} or {@code kafkaProblem}.
 *
 * @param asOf the newest figures hold every event that a broker appended before
 * @param heldBackBy the table of the archive, with its partition, that is furthest behind
 * @param ageMillis how long ago that is, by this service's clock
 * @param staleAfterMillis from which age on the page calls the figures stale
 * @param consumers the lag of each consumer group that keeps its position in Kafka
 * @param topics how the topics grow
 * @param parts how the other processes are
 */
record Pipeline(
    Instant asOf,
    String heldBackBy,
    Long ageMillis,
    long staleAfterMillis,
    String figuresProblem,
    List<GroupLag> consumers,
    List<Topic> topics,
    String kafkaProblem,
    List<Part> parts) {

  /**
   * How many records of {@code topic} the group {@code group} has still to read.
   *
   * @param late whether it has not reached an end that the topic had {@code
   *     vigie.dashboard.late-after} ago
   */
  record GroupLag(String group, String topic, long lag, boolean late) {}

  /**
   * How many records Kafka has ever taken for {@code topic}, and how many a second since a client
   * asked before; null when no client did.
   */
  record Topic(String topic, long records, Double perSecond) {}

  /** One of the other processes; {@code says} is why it is not ready, in its own words. */
  record Part(String name, State state, String says) {}

  /** Whether a part does its work. */
  enum State {
    READY,
    NOT_READY,
    UNREACHABLE
  }
}
