// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import vigie.stack.postgres.CatalogDatabase;

/** A TCP proxy before PostgreSQL that interferes with the next UPDATE of a pointer. */
final class CatalogProxy implements AutoCloseable {

  private static final String UPDATE = "UPDATE iceberg_tables";
  private static final int BUFFER = 16 * 1024;

  /** What happens meanwhile, within the thread of the proxy. */
  interface Meanwhile {
    void run() throws Exception;
  }

  private enum Kind {
    LOSE_ANSWER,
    LOSE_REQUEST,
    DELIVER_LATE,
    HOLD
  }

  private record Fault(Kind kind, Meanwhile meanwhile) {}

  private final URI server;
  private final ServerSocket entrance;
  private final AtomicReference<Fault> next = new AtomicReference<>();

  CatalogProxy(CatalogDatabase database) throws IOException {
    server = URI.create(database.url().substring("jdbc:".length()));
    entrance = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    run(this::accept);
  }

  /** The database by way of this. Each statement is sent with its text and waited for. */
  String url() {
    return "jdbc:postgresql://127.0.0.1:%d%s?prepareThreshold=0&socketTimeout=0"
        .formatted(entrance.getLocalPort(), server.getPath());
  }

  /** The next UPDATE happens; then the connection breaks. */
  void loseTheAnswer(Meanwhile afterIt) {
    next.set(new Fault(Kind.LOSE_ANSWER, afterIt));
  }

  /** The connection breaks before the next UPDATE reaches the server. */
  void loseTheUpdate(Meanwhile insteadOfIt) {
    next.set(new Fault(Kind.LOSE_REQUEST, insteadOfIt));
  }

  /** The connection breaks; the UPDATE reaches the server after that, once this returns. */
  void deliverTheUpdateLate(Meanwhile beforeIt) {
    next.set(new Fault(Kind.DELIVER_LATE, beforeIt));
  }

  /** The next UPDATE reaches the server once this returns. */
  void holdTheUpdate(Meanwhile beforeIt) {
    next.set(new Fault(Kind.HOLD, beforeIt));
  }

  @Override
  public void close() throws IOException {
    entrance.close();
  }

  private void accept() throws Exception {
    while (true) {
      Socket client = entrance.accept();
      Socket database = new Socket(server.getHost(), server.getPort());
      AtomicReference<Fault> lost = new AtomicReference<>();
      run(() -> requests(client, database, lost));
      run(() -> answers(database, client, lost));
    }
  }

  private void requests(Socket client, Socket database, AtomicReference<Fault> lost)
      throws Exception {
    boolean late = false;
    try (client) {
      byte[] bytes = new byte[BUFFER];
      int count;
      while (!late && (count = client.getInputStream().read(bytes)) >= 0) {
        if (new String(bytes, 0, count, ISO_8859_1).contains(UPDATE)) {
          Fault fault = next.getAndSet(null);
          if (fault != null && !passes(fault, client, lost)) {
            break;
          }
        }
        database.getOutputStream().write(bytes, 0, count);
        late = client.isClosed();
      }
    } finally {
      if (!late) {
        database.close();
      }
    }
  }

  private static boolean passes(Fault fault, Socket client, AtomicReference<Fault> lost)
      throws Exception {
    switch (fault.kind()) {
      case LOSE_ANSWER -> lost.set(fault);
      case HOLD -> fault.meanwhile().run();
      case LOSE_REQUEST -> {
        fault.meanwhile().run();
        return false;
      }
      case DELIVER_LATE -> {
        client.close();
        fault.meanwhile().run();
      }
    }
    return true;
  }

  private static void answers(Socket database, Socket client, AtomicReference<Fault> lost)
      throws Exception {
    try (client;
        database) {
      byte[] bytes = new byte[BUFFER];
      int count;
      while ((count = database.getInputStream().read(bytes)) >= 0) {
        if (lost.get() != null) {
          lost.get().meanwhile().run();
          return;
        }
        client.getOutputStream().write(bytes, 0, count);
      }
    }
  }

  /** A task ends with its sockets; a test that fails within one fails by what it awaits. */
  private static void run(Meanwhile task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // One of the sockets was closed: that is how a task ends.
                return;
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
