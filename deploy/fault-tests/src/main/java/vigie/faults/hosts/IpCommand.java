// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import vigie.stack.workspace.StackException;

/** Runs the short commands that set up the network. */
final class IpCommand {

  private IpCommand() {}

  /** What the command printed; it must end well. */
  static String run(String... command) {
    return run(Arrays.asList(command));
  }

  static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new StackException(String.join(" ", command) + " failed: " + printed);
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException(String.join(" ", command) + " was interrupted", e);
    }
  }
}
