// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import vigie.command.AtomicFile;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

/**
 * The time until which the data was written. A clock that is behind makes Iceberg refuse every
 * commit until it has caught up. With one that is far ahead Kafka deletes, within minutes, records
 * that the archive does not hold yet.
 */
final class DataClock {

  /** Iceberg tolerates a minute. */
  private static final Duration MOST_BEHIND = Duration.ofMinutes(1);

  /** Well before the seven days after which Kafka deletes results. */
  private static final Duration MOST_AHEAD = Duration.ofDays(5);

  private final Path file;

  DataClock(StackFolder folder) {
    this.file = folder.data("clock");
  }

  /** Refuses a time that is far from the data's. */
  void require(Instant now) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    Instant last = Instant.parse(Files.readString(file).strip());
    Duration since = Duration.between(last, now);
    if (since.compareTo(MOST_BEHIND.negated()) < 0 || since.compareTo(MOST_AHEAD) > 0) {
      throw new StackException(
          ("the clock shows %s, and the data was written until %s: set the clock,"
                  + " or start with --accept-clock if it is right")
              .formatted(now.truncatedTo(ChronoUnit.SECONDS), last));
    }
  }

  void record(Instant now) throws IOException {
    AtomicFile.write(file, now.truncatedTo(ChronoUnit.SECONDS) + "\n");
  }
}
