// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.pipeline;

import java.time.Instant;
import java.util.List;

/**
 * How fresh things are. A part that did not answer has null for its values and says so in {@code
 * figuresProblem} or {@code consumersProblem}.
 *
 * @param asOf the instant the newest figures are true at
 * @param ageMillis how long ago that is, by this service's clock
 * @param staleAfterMillis from which age on the page calls the figures stale
 * @param consumers the lag of each consumer group that keeps its position in Kafka
 */
record Pipeline(
    Instant asOf,
    Long ageMillis,
    long staleAfterMillis,
    String figuresProblem,
    List<GroupLag> consumers,
    String consumersProblem) {

  /** How many records of {@code topic} the group {@code group} has still to read. */
  record GroupLag(String group, String topic, long lag) {}
}
