// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** An open page: remembers each event of the live stream as {@code name data}. */
final class LivePage implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<String> events = new CopyOnWriteArrayList<>();
  private volatile String lastId = "";
  private final Stream<String> lines;

  private LivePage(Stream<String> lines) {
    this.lines = lines;
  }

  static LivePage open(HttpClient client, URI stream, String authorization, String lastId)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(stream)
            .header("Authorization", authorization)
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", lastId)
            .build();
    LivePage page = new LivePage(client.send(request, BodyHandlers.ofLines()).body());
    Thread reader = new Thread(page::read, "live-page");
    reader.setDaemon(true);
    reader.start();
    return page;
  }

  private void read() {
    StringBuilder name = new StringBuilder();
    try {
      lines.forEach(
          line -> {
            if (line.startsWith("event:")) {
              name.setLength(0);
              name.append(line.substring("event:".length()).strip());
            } else if (line.startsWith("id:")) {
              lastId = line.substring("id:".length()).strip();
            } else if (line.startsWith("data:")) {
              events.add(name + " " + line.substring("data:".length()).strip());
            }
          });
      events.add("ended");
    } catch (UncheckedIOException closed) {
      events.add("closed");
    }
  }

  void awaits(Predicate<String> event) {
    await().atMost(PATIENCE).until(() -> events, seen -> seen.stream().anyMatch(event));
  }

  String lastId() {
    return lastId;
  }

  void forgets() {
    events.clear();
  }

  long count(Predicate<String> event) {
    return events.stream().filter(event).count();
  }

  @Override
  public void close() {
    lines.close();
  }
}
