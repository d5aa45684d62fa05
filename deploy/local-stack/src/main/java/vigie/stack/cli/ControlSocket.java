// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

/**
 * Where {@code deploy/up} answers {@code deploy/status} and {@code deploy/restart}: a Unix socket,
 * which only the owner of the folder can reach. A request is one line; the first line of an answer
 * is the exit code. Each request has a thread of its own, since a restart takes seconds.
 */
final class ControlSocket implements AutoCloseable {

  private final Path path;
  private final ServerSocketChannel server;

  /** What {@code deploy/up} knows. */
  @FunctionalInterface
  interface Answers {
    Answer to(String request);
  }

  /** What the command prints, and its exit code. */
  record Answer(int code, List<String> lines) {}

  private ControlSocket(Path path, ServerSocketChannel server) {
    this.path = path;
    this.server = server;
  }

  /** Called by the one process that holds the {@link PidFile}: a socket that is there is stale. */
  static ControlSocket open(StackFolder folder, Answers answers) throws IOException {
    Path path = path(folder);
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    ControlSocket socket = new ControlSocket(path, server);
    thread("control", () -> socket.accept(answers));
    return socket;
  }

  /** Asks the {@code deploy/up} of this folder. */
  static Answer ask(StackFolder folder, String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path(folder)));
        BufferedReader in = reader(channel);
        PrintWriter out = writer(channel)) {
      out.println(request);
      String code = in.readLine();
      if (code == null) {
        throw new StackException("Vigie stopped before it answered");
      }
      return new Answer(Integer.parseInt(code), in.lines().toList());
    } catch (SocketException | NoSuchFileException e) {
      throw new StackException("Vigie does not run here; deploy/up starts it", e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(Answers answers) {
    try {
      while (true) {
        SocketChannel client = server.accept();
        thread("control-request", () -> answer(client, answers));
      }
    } catch (ClosedChannelException closed) {
      // Vigie stops.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(SocketChannel client, Answers answers) {
    try (client;
        BufferedReader in = reader(client);
        PrintWriter out = writer(client)) {
      String request = in.readLine();
      if (request != null) {
        Answer answer = answers.to(request);
        out.println(answer.code());
        answer.lines().forEach(out::println);
      }
    } catch (IOException e) {
      // The command was ended meanwhile.
    }
  }

  private static void thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static BufferedReader reader(SocketChannel channel) {
    return new BufferedReader(Channels.newReader(channel, UTF_8));
  }

  private static PrintWriter writer(SocketChannel channel) {
    return new PrintWriter(Channels.newWriter(channel, UTF_8), true);
  }

  /** The shorter of two names: that of a socket may have about 100 bytes. */
  private static Path path(StackFolder folder) {
    Path path = folder.root().resolve("up.sock");
    Path relative = Path.of("").toAbsolutePath().relativize(path);
    return relative.toString().length() < path.toString().length() ? relative : path;
  }
}
