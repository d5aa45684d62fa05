// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vigie.stack.Port;
import vigie.stack.VigieStack;

/** student-signal, run as a process of its own that sends one recording. */
record StudentSignal(Process process, Path receipts) {

  private static final Path MODULE = Path.of("..", "student-signal");

  /** What a receipt takes in the file of receipts, about. */
  static final int RECEIPT_BYTES = 46;

  /** Starts a simulated exam that goes on until {@link #end}. */
  static StudentSignal examine(long seed, int eventsPerSecond, Path receipts, URI ingest)
      throws IOException {
    List<String> command = command(ingest);
    command.addAll(List.of("--seed", Long.toString(seed), "--in-flight", "200"));
    command.addAll(List.of("--rate", Integer.toString(eventsPerSecond)));
    command.addAll(List.of("--receipts", receipts.toString()));
    return start(command, receipts);
  }

  private static StudentSignal start(List<String> command, Path receipts) throws IOException {
    return new StudentSignal(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(logOf(receipts).toFile())
            .start(),
        receipts);
  }

  /** Starts to send {@code recording} at {@code eventsPerSecond}, one event a request. */
  static StudentSignal send(Path recording, VigieStack vigie, int eventsPerSecond)
      throws IOException {
    Path receipts = Path.of(recording + ".receipts");
    List<String> command = command(vigie);
    command.addAll(List.of("--file", recording.toString(), "--batch", "1"));
    command.addAll(List.of("--rate", Integer.toString(eventsPerSecond)));
    command.addAll(List.of("--receipts", receipts.toString()));
    return start(command, receipts);
  }

  /** Sends so many events of a simulated exam and returns when all are acknowledged. */
  static void simulate(int events, VigieStack vigie) throws IOException, InterruptedException {
    List<String> command = command(vigie);
    command.addAll(List.of("--count", Integer.toString(events), "--rate", "1000", "--batch", "20"));
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  /** Each student with a token. */
  private static List<String> command(VigieStack vigie) throws IOException {
    List<String> command = command(URI.create(vigie.url(Port.INGEST)));
    command.addAll(List.of("--keys", vigie.issuer().jwks().getParent().toString()));
    return command;
  }

  private static List<String> command(URI ingest) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(jar() + ":" + Files.readString(MODULE.resolve("target/classpath")).strip());
    command.addAll(List.of("vigie.signal.StudentSignal", "--url", ingest.toString()));
    return command;
  }

  private static Path logOf(Path receipts) {
    return Path.of(receipts + ".log");
  }

  boolean isSending() {
    return process.isAlive();
  }

  /** Waits for the end; fails unless each event was acknowledged. */
  void awaitAllAcknowledged() throws InterruptedException, IOException {
    try {
      boolean ended = process.waitFor(3, TimeUnit.MINUTES);
      String log = Files.readString(logOf(receipts));
      assertEquals(true, ended, "still sending after 3 minutes: " + log);
      assertEquals(0, process.exitValue(), log);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Ends the sending; returns when whatever is under way is acknowledged or given up. */
  void end() throws InterruptedException {
    process.destroy();
    assertEquals(true, process.waitFor(3, TimeUnit.MINUTES), "still sending after 3 minutes");
  }

  /** Bytes of receipts written so far. */
  long receiptsSize() throws IOException {
    return Files.exists(receipts) ? Files.size(receipts) : 0;
  }

  /** The ids for which a 2xx has come so far. */
  Set<UUID> acknowledged() throws IOException {
    if (!Files.exists(receipts)) {
      return Set.of();
    }
    try (Stream<String> lines = Files.lines(receipts)) {
      return lines
          .map(line -> UUID.fromString(line.substring(line.indexOf(' ') + 1)))
          .collect(Collectors.toSet());
    }
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
