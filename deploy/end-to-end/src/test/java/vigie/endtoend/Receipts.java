// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What student-signal has noted of its acknowledged events; it may still be writing. */
record Receipts(Path file) {

  /** What a receipt takes in the file, about. */
  private static final int BYTES = 46;

  /** The ids for which a 2xx has come so far. */
  Set<UUID> ids() throws IOException {
    if (!Files.exists(file)) {
      return Set.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(line -> UUID.fromString(line.substring(line.indexOf(' ') + 1)))
          .collect(Collectors.toSet());
    }
  }

  /** About how many there are so far; the file is not read. */
  long count() throws IOException {
    return Files.exists(file) ? Files.size(file) / BYTES : 0;
  }
}
