// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prepares a data folder once; a preparation that was cut off starts over in an empty folder. Files
 * that no preparation has made, such as a copied backup, are never deleted.
 */
public final class OneTimeSetup {

  private static final String MARKER = ".prepared";

  /** Beside the folder while it is being prepared: some programs want an empty one. */
  private static final String UNFINISHED = ".preparing-";

  private OneTimeSetup() {}

  public static void of(Path folder, Runnable preparation) {
    Path marker = folder.resolve(MARKER);
    if (Files.exists(marker)) {
      return;
    }
    Path unfinished = folder.resolveSibling(UNFINISHED + folder.getFileName());
    try {
      if (!Files.exists(unfinished)) {
        requireEmpty(folder);
        Files.createDirectories(folder.getParent());
        Files.createFile(unfinished);
      }
      delete(folder);
      Files.createDirectories(folder);
      preparation.run();
      Files.createFile(marker);
      Files.delete(unfinished);
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

  /** Whether a folder right below {@code parent} was prepared. */
  public static boolean isAnyDone(Path parent) throws IOException {
    if (!Files.exists(parent)) {
      return false;
    }
    try (Stream<Path> folders = Files.list(parent)) {
      return folders.anyMatch(folder -> Files.exists(folder.resolve(MARKER)));
    }
  }

  private static void requireEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new StackException(
            "%s has files, but no %s, so Vigie did not finish preparing it: move the folder away, or restore that file with the others"
                .formatted(folder, MARKER));
      }
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
