// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/**
 * The ids under which acknowledged events are stored, as ingest-service named them, one {@code kind
 * id} a line, appended and flushed with each answer: what a checker may hold Vigie to. Safe for use
 * by several threads.
 */
final class Receipts implements AutoCloseable {

  private final Writer lines;

  private Receipts(Writer lines) {
    this.lines = lines;
  }

  static Receipts in(Path file) throws IOException {
    BufferedWriter lines =
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return new Receipts(lines);
  }

  static Receipts none() {
    return new Receipts(Writer.nullWriter());
  }

  synchronized void add(Event.Kind kind, List<String> ids) throws IOException {
    for (String id : ids) {
      lines.write("%s %s%n".formatted(kind.name().toLowerCase(Locale.ROOT), id));
    }
    lines.flush();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
