// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.exam;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vigie.command.AtomicFile;

/** Has ingest-service refuse events, and take them again. */
final class IngestClosure {

  private static final Pattern STATE = Pattern.compile("\"exam\"\\s*:\\s*\"(\\w+)\"");
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Path file;
  private final List<URI> instances;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  IngestClosure(Path file, List<URI> instances) {
    this.file = file;
    this.instances = instances;
  }

  boolean isOrdered() {
    return Files.exists(file);
  }

  /** Returns once each instance has answered all that it took before. */
  void close(String exam, Deadline deadline) throws Exception {
    AtomicFile.write(file, exam + "\n");
    awaitState("closed", deadline);
  }

  void open(Deadline deadline) throws Exception {
    Files.deleteIfExists(file);
    awaitState("open", deadline);
  }

  private void awaitState(String state, Deadline deadline) throws Exception {
    for (URI instance : instances) {
      deadline.await(
          () -> state(instance).equals(state),
          "the exam is not %s by what %s says".formatted(state, instance));
    }
  }

  private String state(URI instance) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(instance).timeout(TIMEOUT).build();
      Matcher state = STATE.matcher(http.send(request, BodyHandlers.ofString()).body());
      return state.find() ? state.group(1) : "unknown";
    } catch (IOException e) {
      // It starts, or an instance that does not run takes nothing; it starts with the file.
      return "unknown";
    }
  }
}
