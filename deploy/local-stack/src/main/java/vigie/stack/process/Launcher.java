// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts children that cannot outlive this process, not even when it is killed with SIGKILL.
 *
 * <p>On Linux the kernel kills the child when its parent <em>thread</em> ends, so that all children
 * are started by one thread that lives as long as this process. Elsewhere (no {@code setpriv}) a
 * shell reads a pipe that closes with this process and then kills the child. Children also get a
 * session of their own: Ctrl-C must reach this process alone, which stops them in order.
 */
final class Launcher {

  private static final String WATCH_PARENT =
      "trap '' INT; exec 3<&0; (cat <&3 >/dev/null; kill -9 $$ 2>/dev/null) & exec 3<&-; exec"
          + " \"$@\" </dev/null";

  private static final ExecutorService STARTER =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "children");
            thread.setDaemon(true);
            return thread;
          });

  private static final List<String> PREFIX = prefix();

  private Launcher() {}

  static Process start(ProcessBuilder child) {
    List<String> command = new ArrayList<>(PREFIX);
    command.addAll(child.command());
    child.command(command);
    // Not interruptible: the caller must learn of each child that was started, to stop it.
    return CompletableFuture.supplyAsync(() -> startHere(child), STARTER).join();
  }

  private static Process startHere(ProcessBuilder child) {
    try {
      return child.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> prefix() {
    List<String> prefix = new ArrayList<>();
    Executables.onPath("setsid").ifPresent(setsid -> prefix.add(setsid.toString()));
    Executables.onPath("setpriv")
        .ifPresentOrElse(
            setpriv -> prefix.addAll(List.of(setpriv.toString(), "--pdeathsig", "KILL", "--")),
            () -> prefix.addAll(List.of("/bin/sh", "-c", WATCH_PARENT, "sh")));
    return List.copyOf(prefix);
  }
}
