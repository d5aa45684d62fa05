// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/** The simulated laptops in a process of their own, as operators start them. */
record StudentSignalProcess(Process process, Receipts receipts) {

  private static final Path MODULE = Path.of("..", "student-signal");

  /** Starts a simulated exam that goes on until {@link #end}. */
  static StudentSignalProcess examine(long seed, int eventsPerSecond, Path receipts, URI ingest)
      throws IOException {
    List<String> command = command(ingest);
    command.addAll(List.of("--seed", Long.toString(seed), "--in-flight", "200"));
    command.addAll(List.of("--rate", Integer.toString(eventsPerSecond)));
    command.addAll(List.of("--receipts", receipts.toString()));
    return new StudentSignalProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Path.of(receipts + ".log").toFile())
            .start(),
        new Receipts(receipts));
  }

  /**
   * Sends so many events of a simulated exam, each student with a token, and returns when all are
   * acknowledged.
   */
  static void simulate(int events, VigieStack vigie) throws IOException, InterruptedException {
    List<String> command = command(URI.create(vigie.url(Port.INGEST)));
    command.addAll(List.of("--keys", vigie.issuer().jwks().getParent().toString()));
    command.addAll(List.of("--count", Integer.toString(events), "--rate", "1000", "--batch", "20"));
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  private static List<String> command(URI ingest) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(jar() + ":" + Files.readString(MODULE.resolve("target/classpath")).strip());
    command.addAll(List.of("vigie.signal.StudentSignal", "--url", ingest.toString()));
    return command;
  }

  /** Ends the sending; returns when whatever is under way is acknowledged or given up. */
  void end() throws InterruptedException {
    process.destroy();
    assertEquals(true, process.waitFor(3, TimeUnit.MINUTES), "still sending after 3 minutes");
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(MODULE.resolve("target"))) {
      return files
          .filter(f -> f.getFileName().toString().matches("student-signal-[^-]+(-SNAPSHOT)?\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }
}
