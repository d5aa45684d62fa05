// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The end of a log, for the error message about the process that wrote it. */
final class LogTail {

  /** Frames say where, to those who wrote the program; the lines between them say what. */
  private static final Pattern STACK_FRAME = Pattern.compile("^\\s+(at |\\.\\.\\. )");

  private static final int LINES = 12;
  private static final int BYTES = 64 * 1024;

  private LogTail() {}

  /** The last lines written after the offset at which this run of the process began. */
  static String of(Path log, long start) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(start, file.length() - BYTES);
      byte[] tail = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(tail);
      List<String> lines =
          new String(tail, StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !STACK_FRAME.matcher(line).find())
              .toList();
      return lines.stream()
          .skip(Math.max(0, lines.size() - LINES))
          .map(line -> "    " + line)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      return "    (unreadable: " + e.getMessage() + ")";
    }
  }
}
