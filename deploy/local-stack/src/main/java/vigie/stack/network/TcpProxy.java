// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.network;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy before one server. It forwards nothing while a {@link NetworkPartition} separates
 * caller and server.
 */
public final class TcpProxy implements AutoCloseable {

  private static final int BACKLOG = 128;
  private static final int BUFFER = 16 * 1024;

  private final NetworkPartition network;
  private final String host;
  private final int port;
  private final ServerSocket entrance;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  TcpProxy(NetworkPartition network, String host, int port) throws IOException {
    this.network = network;
    this.host = host;
    this.port = port;
    this.entrance = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    run(this::accept);
  }

  @Override
  public void close() {
    close(entrance);
    open.forEach(TcpProxy::close);
  }

  private void accept() throws IOException {
    while (true) {
      Socket caller = entrance.accept();
      open.add(caller);
      run(() -> connect(caller));
    }
  }

  private void connect(Socket caller) throws IOException, InterruptedException {
    try {
      network.awaitPassage(caller.getInetAddress(), host);
      Socket server = new Socket(host, port);
      open.add(server);
      InetAddress from = caller.getInetAddress();
      run(() -> carry(caller, server, from));
      run(() -> carry(server, caller, from));
    } catch (IOException e) {
      end(caller);
      throw e;
    }
  }

  private void carry(Socket from, Socket to, InetAddress caller)
      throws IOException, InterruptedException {
    try {
      from.setTcpNoDelay(true);
      to.setTcpNoDelay(true);
      byte[] bytes = new byte[BUFFER];
      int count;
      while ((count = from.getInputStream().read(bytes)) >= 0) {
        network.awaitPassage(caller, host);
        to.getOutputStream().write(bytes, 0, count);
      }
    } finally {
      // The end of a connection is a message too: it does not get through a cut.
      network.awaitPassage(caller, host);
      end(from);
      end(to);
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    close(socket);
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A task that ends with its sockets: the peers learn of the end when the sockets close. */
  private interface Task {
    void run() throws IOException, InterruptedException;
  }

  private void run(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // One of the two sockets was closed or reset, and both are by now.
                return;
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "wire-" + port);
    thread.setDaemon(true);
    thread.start();
  }
}
