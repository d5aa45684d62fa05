// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A clock that a test gives to processes in place of the machine's, and sets while they run. It
 * needs libfaketime, which Debian has in its package {@code faketime}. What counts time that has
 * passed stays true, as it does on a machine whose clock is set.
 */
public final class SettableClock {

  /** How long a process uses an offset before it reads the file again. */
  public static final Duration MAX_DELAY = Duration.ofSeconds(1);

  private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

  /**
   * Its memory allocator takes the place of jemalloc, which Redis is linked with: that asks for the
   * time while libfaketime allocates memory to begin, and both wait for each other for ever.
   */
  private static final String C_LIBRARY = "libc.so.6";

  private static final List<Path> FOLDERS =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu"),
          Path.of("/usr/lib/aarch64-linux-gnu"),
          Path.of("/usr/lib"),
          Path.of("/usr/local/lib"));

  private final Path library;
  private final Path offset;

  private SettableClock(Path library, Path offset) {
    this.library = library;
    this.offset = offset;
  }

  /** A clock that is right; nothing where libfaketime is not installed. */
  public static Optional<SettableClock> in(Path folder) {
    return library()
        .map(
            library -> {
              SettableClock clock = new SettableClock(library, folder.resolve("clock"));
              clock.set(Duration.ZERO);
              return clock;
            });
  }

  private static Optional<Path> library() {
    Stream<Path> places = FOLDERS.stream().map(folder -> folder.resolve(LIBRARY));
    return places.filter(Files::exists).findFirst();
  }

  /** What a process gets that is to have this clock. */
  public Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD",
        library + ":" + C_LIBRARY,
        "FAKETIME_TIMESTAMP_FILE",
        offset.toString(),
        "FAKETIME_CACHE_DURATION",
        Long.toString(MAX_DELAY.toSeconds()),
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        // Else every timed wait of a JVM ends at once: such a wait ends by the monotonic clock.
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }

  /** From now on the clock is this far ahead of the machine's, or behind it if negative. */
  public void set(Duration ahead) {
    try {
      Path written = offset.resolveSibling(offset.getFileName() + ".new");
      Files.createDirectories(written.getParent());
      Files.writeString(written, "%+d%n".formatted(ahead.toSeconds()));
      // At once, since a process may read it now.
      Files.move(written, offset, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
