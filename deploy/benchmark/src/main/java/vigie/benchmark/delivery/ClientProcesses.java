// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The units of one server, spread over several processes. */
final class ClientProcesses implements AutoCloseable {

  private static final int PROCESSES = 2;

  private record ClientProcess(Process process, PrintStream orders, BufferedReader answers) {}

  private final List<ClientProcess> clients = new ArrayList<>();

  ClientProcesses(Server server) throws IOException {
    for (int number = 0; number < PROCESSES; number++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx512m",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  PatrolsProcess.class.getName(),
                  Integer.toString(server.port()),
                  server.protocol().name(),
                  Integer.toString(number))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      clients.add(
          new ClientProcess(
              process,
              new PrintStream(process.getOutputStream(), true, US_ASCII),
              process.inputReader(US_ASCII)));
    }
  }

  /** Adds {@code more} units and connects all that are away; answers when all were served. */
  long connect(int more, String query) throws IOException {
    order("connect %d %s".formatted(more / PROCESSES, query));
    return done();
  }

  /** Makes the units wait for the alerts of [{@code from}, {@code to}). */
  void expect(int from, int to) {
    order("await %d %d".formatted(from, to));
  }

  /** Has every unit acknowledge what it has. */
  void acknowledge() throws IOException {
    order("acknowledge");
    long unused = done();
  }

  void part() throws IOException {
    order("part");
    long unused = done();
  }

  private void order(String order) {
    clients.forEach(client -> client.orders().println(order));
  }

  /**
   * When the last process had done what was ordered, nanoseconds.
   *
   * @throws IOException when one could not
   */
  long done() throws IOException {
    long last = Long.MIN_VALUE;
    for (ClientProcess client : clients) {
      String answer = client.answers().readLine();
      if (answer == null || !answer.matches("-?\\d+")) {
        throw new IOException("The units say: " + answer);
      }
      last = Math.max(last, Long.parseLong(answer));
    }
    return last;
  }

  @Override
  public void close() {
    for (ClientProcess client : clients) {
      client.orders().close();
      Process unused = client.process().onExit().join();
    }
  }
}
