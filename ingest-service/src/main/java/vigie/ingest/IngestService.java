// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Starts the service. A JVM that is ended by SIGTERM says 143, whatever its shutdown did; this one
 * says 0 when all was finished, so that a supervisor can tell that from an end by force.
 */
@QuarkusMain
public final class IngestService {

  private static final int ENDED_BY_SIGTERM = 143;
  private static final int LONGEST_SHUTDOWN_SECONDS = 60;

  private IngestService() {}

  public static void main(String... arguments) {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    Thread hook = new Thread(() -> halt(end), "exit code");
    Runtime.getRuntime().addShutdownHook(hook);
    Quarkus.run(
        null,
        (exitCode, failure) -> {
          end.complete(exitCode);
          System.exit(exitCode);
        },
        arguments);
  }

  /** Waits for Quarkus, whose own hook runs beside this one. */
  private static void halt(CompletableFuture<Integer> end) {
    end.completeOnTimeout(ENDED_BY_SIGTERM, LONGEST_SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    Runtime.getRuntime().halt(end.join());
  }
}
