// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a table declares of its completeness: it holds every record that a broker appended to {@code
 * partition} before {@code until}, and as much of every other partition.
 *
 * <p>archive-service declares an instant by partition, in the table's properties. A snapshot's
 * summary has the least of them: a reader of that snapshot cannot take the properties, which may
 * already be those of later rows.
 *
 * @param partition the one that is complete up to the earliest instant
 */
public record Completeness(Instant until, int partition) {

  /** Of a snapshot's summary: the {@link #toString} of what its table declared. */
  public static final String SUMMARY = "vigie.complete-until";

  /** The property with the number of the topic's partitions. */
  public static final String PARTITIONS = "vigie.partitions";

  private static final String UNTIL = "vigie.complete-until.";

  /** The property with the instant up to which the table holds a partition's records. */
  public static String until(int partition) {
    return UNTIL + partition;
  }

  public static Optional<Instant> untilIn(Map<String, String> properties, int partition) {
    return Optional.ofNullable(properties.get(until(partition))).map(Instant::parse);
  }

  /** Empty as long as one of the topic's partitions has no instant. */
  public static Optional<Completeness> in(Map<String, String> properties) {
    int partitions = Integer.parseInt(properties.getOrDefault(PARTITIONS, "0"));
    List<Completeness> declared =
        IntStream.range(0, partitions)
            .boxed()
            .flatMap(
                partition ->
                    untilIn(properties, partition)
                        .map(until -> new Completeness(until, partition))
                        .stream())
            .toList();
    return declared.size() < partitions
        ? Optional.empty()
        : declared.stream().min(Comparator.comparing(Completeness::until));
  }

  public static Completeness parse(String text) {
    String[] parts = text.split(" ", 2);
    return new Completeness(Instant.parse(parts[0]), Integer.parseInt(parts[1]));
  }

  /** Such as {@code 2026-11-30T10:00:00Z 3}. */
  @Override
  public String toString() {
    return until + " " + partition;
  }
}
