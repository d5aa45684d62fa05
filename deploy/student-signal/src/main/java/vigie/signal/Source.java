// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Where the events to send come from. Used by one thread. */
interface Source extends AutoCloseable {

  /** The next event, which is due at {@code instant}; empty when no event is left. */
  Optional<Event> next(Instant instant);

  @Override
  default void close() throws IOException {}

  /** At most {@code count} events of a simulated exam. */
  static Source simulated(Exam exam, long count) {
    return new Source() {
      private long left = count;

      @Override
      public Optional<Event> next(Instant instant) {
        return left-- > 0
            ? Optional.of(exam.next(instant.truncatedTo(ChronoUnit.MILLIS)))
            : Optional.empty();
      }
    };
  }

  /** At most {@code count} events of a recording, one JSON object a line, sent as they are. */
  static Source recorded(Path file, Event.Kind kind, long count) throws IOException {
    BufferedReader lines = Files.newBufferedReader(file);
    return new Source() {
      private long left = count;

      @Override
      public Optional<Event> next(Instant instant) {
        try {
          String line = left-- > 0 ? lines.readLine() : null;
          while (line != null && line.isBlank()) {
            line = lines.readLine();
          }
          return Optional.ofNullable(line).map(json -> RecordedEvent.of(kind, json));
        } catch (IOException e) {
          throw new UncheckedIOException("Cannot read " + file, e);
        }
      }

      @Override
      public void close() throws IOException {
        lines.close();
      }
    };
  }
}
