// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import vigie.signal.StudentSignal;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/** A recorded exam on its way to ingest-service: student-signal, on a thread of this JVM. */
record Replay(CompletableFuture<Integer> exitCode, Receipts receipts, StringWriter errors) {

  /** Starts to send {@code recording} at {@code eventsPerSecond}, one event a request. */
  static Replay of(Path recording, VigieStack vigie, int eventsPerSecond) {
    Path keys = vigie.issuer().jwks().getParent();
    return of(recording, vigie.url(Port.INGEST), keys, eventsPerSecond);
  }

  /**
   * As the other.
   *
   * @param keys the folder of the issuer's keys
   */
  static Replay of(Path recording, String ingestService, Path keys, int eventsPerSecond) {
    Path receipts = Path.of(recording + ".receipts");
    StringWriter errors = new StringWriter();
    CommandLine program =
        new CommandLine(new StudentSignal()).setErr(new PrintWriter(errors, true));
    String[] arguments = {
      "--url", ingestService,
      "--keys", keys.toString(),
      "--file", recording.toString(),
      "--batch", "1",
      "--rate", Integer.toString(eventsPerSecond),
      "--receipts", receipts.toString()
    };
    return new Replay(
        CompletableFuture.supplyAsync(() -> program.execute(arguments), Replay::onOwnThread),
        new Receipts(receipts),
        errors);
  }

  private static void onOwnThread(Runnable task) {
    Thread thread = new Thread(task, "laptops");
    thread.setDaemon(true);
    thread.start();
  }

  boolean isSending() {
    return !exitCode.isDone();
  }

  /** The ids for which a 2xx has come so far. */
  Set<UUID> acknowledged() throws IOException {
    return receipts.ids();
  }

  /** Waits for the end; fails unless each event was acknowledged. */
  void awaitAllAcknowledged() throws Exception {
    assertEquals(0, exitCode.get(3, TimeUnit.MINUTES), errors::toString);
  }
}
