// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vigie.benchmark.ProcessCost;
import vigie.stack.ports.Ports;

/** A plain server of Node.js that sends each line of its input to each client. */
final class NodeServer implements Server {

  private static final Path SOURCES = Path.of("deploy/benchmark/src/main/node");
  private static final Path INSTALLED = Path.of("deploy/benchmark/target/node");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** More than it takes; it does not tell its end. */
  private static final Duration COLLECTION = Duration.ofSeconds(1);

  private final String name;
  private final WireProtocol protocol;
  private final int port;
  private final Process process;

  /**
   * @param name of an npm package; the server's source is called like it
   */
  NodeServer(String name, WireProtocol protocol) throws IOException {
    this.name = name;
    this.protocol = protocol;
    this.port = Ports.free();
    this.process =
        new ProcessBuilder("node", "--expose-gc", name + ".js", Integer.toString(port))
            .directory(INSTALLED.toFile())
            .inheritIO()
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    awaitReady();
  }

  /** Installs the packages; false when there is no Node.js or no npm to do it. */
  static boolean areInstalled() throws IOException {
    Files.createDirectories(INSTALLED);
    for (String source : new String[] {"package.json", "ws.js", "socket.io.js"}) {
      Path unused =
          Files.copy(
              SOURCES.resolve(source),
              INSTALLED.resolve(source),
              StandardCopyOption.REPLACE_EXISTING);
    }
    return succeeds("node", "--version")
        && succeeds("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent");
  }

  private static boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(INSTALLED.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.onExit().join().exitValue() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  private void awaitReady() throws IOException {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IOException("The server of %s does not start".formatted(name), e);
        }
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public WireProtocol protocol() {
    return protocol;
  }

  @Override
  public ProcessCost cost() {
    return new ProcessCost(process.pid());
  }

  @Override
  public void raise(int from, int to) throws IOException {
    order(
        IntStream.range(from, to)
            .mapToObj(ExamAlerts::frame)
            .collect(Collectors.joining("\n", "", "\n")));
  }

  @Override
  public void collect() throws IOException {
    order("\n");
    try {
      Thread.sleep(COLLECTION.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void order(String lines) throws IOException {
    process.getOutputStream().write(lines.getBytes(US_ASCII));
    process.getOutputStream().flush();
  }

  @Override
  public void close() {
    process.destroy();
    Process unused = process.onExit().join();
  }
}
