// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Docker daemon of the tests' own, with a socket and data of its own. Its images outlive it: the
 * stand-ins take minutes to make.
 */
final class ContainerEngine implements AutoCloseable {

  private static final List<String> PROGRAMS =
      List.of("dockerd", "docker", "docker-compose", "debootstrap", "iptables");

  private final Path folder;
  private Process daemon;

  private ContainerEngine(Path folder) {
    this.folder = folder;
  }

  /** Why this machine can run no containers; empty where it can. */
  static Optional<String> obstacle() {
    if (!System.getProperty("user.name").equals("root")) {
      return Optional.of("only root may start a container engine");
    }
    return PROGRAMS.stream()
        .filter(program -> !isOnPath(program))
        .findFirst()
        .map(program -> "there is no " + program);
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  static ContainerEngine start() throws IOException {
    ContainerEngine engine =
        new ContainerEngine(Facts.ROOT.resolve(".vigie/containers").toAbsolutePath().normalize());
    Files.createDirectories(engine.folder);
    engine.boot();
    return engine;
  }

  /** For the environment of Docker's clients. */
  String address() {
    return "unix://" + folder.resolve("docker.sock");
  }

  /**
   * Ends every container and the daemon, and starts the daemon again: as a machine does that
   * reboots. Containers come back by their restart policies, in no order.
   */
  void reboot() throws IOException {
    close();
    boot();
  }

  private void boot() throws IOException {
    daemon =
        new ProcessBuilder(
                "dockerd",
                "--data-root",
                folder.resolve("data").toString(),
                "--exec-root",
                folder.resolve("exec").toString(),
                "--pidfile",
                folder.resolve("pid").toString(),
                "-H",
                address())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(folder.resolve("dockerd.log").toFile()))
            .start();
    await().atMost(3, MINUTES).until(this::answers);
  }

  private boolean answers() throws InterruptedException, IOException {
    ProcessBuilder version = new ProcessBuilder("docker", "-H", address(), "version");
    Process client = version.redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start();
    return client.waitFor(30, SECONDS) && client.exitValue() == 0;
  }

  /** Containers of a daemon that ends are stopped with it. */
  @Override
  public void close() {
    daemon.destroy();
    try {
      if (!daemon.waitFor(3, MINUTES)) {
        throw new UncheckedIOException(
            new IOException("dockerd (process " + daemon.pid() + ") does not end"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
