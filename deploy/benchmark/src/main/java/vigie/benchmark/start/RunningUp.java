// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.start;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code deploy/up}, typed in a built tree, with a data folder of its own. */
final class RunningUp implements AutoCloseable {

  private static final int STOP_TIMEOUT_SECONDS = 120;

  private final long began = System.nanoTime();
  private final Process process;
  private final BufferedReader lines;
  private final List<String> said = new ArrayList<>();

  RunningUp(Path folder, List<String> more) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("deploy/up", "--free-ports", "--folder", folder.toString()));
    command.addAll(more);
    this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
    this.lines = process.inputReader();
  }

  /** Returns when it prints a line that begins so: the time since it was typed. */
  Duration await(String beginning) throws IOException {
    String line;
    while ((line = lines.readLine()) != null) {
      said.add(line);
      if (line.startsWith("up without")) {
        break;
      }
      if (line.startsWith(beginning)) {
        return Duration.ofNanos(System.nanoTime() - began);
      }
    }
    throw new IllegalStateException(
        "deploy/up did not print '%s':%n%s".formatted(beginning, String.join("\n", said)));
  }

  Costs costs() {
    return Costs.of(process.toHandle());
  }

  /** Ends it as Ctrl-C would. What it still prints is read, so that it never waits for us. */
  @Override
  public void close() throws IOException {
    process.destroy();
    String line;
    while ((line = lines.readLine()) != null) {
      said.add(line);
    }
    try {
      if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
