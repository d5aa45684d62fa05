// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Prepares a data folder once; a preparation that was cut off starts over in an empty folder. */
public final class OneTimeSetup {

  private static final String MARKER = ".prepared";

  private OneTimeSetup() {}

  public static void of(Path folder, Runnable preparation) {
    Path marker = folder.resolve(MARKER);
    if (Files.exists(marker)) {
      return;
    }
    try {
      delete(folder);
      Files.createDirectories(folder);
      preparation.run();
      Files.createFile(marker);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was prepared by other means is not prepared again. */
  public static void isDone(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.createFile(folder.resolve(MARKER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
