// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import vigie.stack.process.ChildProcess;

/** One ZooKeeper server. */
final class ZooKeeperServer implements QuorumMember {

  private static final int ANSWER_MILLIS = 2_000;

  private final int port;
  private final ChildProcess process;
  private final Runnable preparation;

  ZooKeeperServer(int port, ChildProcess process, Runnable preparation) {
    this.port = port;
    this.process = process;
    this.preparation = preparation;
  }

  @Override
  public ChildProcess process() {
    return process;
  }

  @Override
  public void prepare() {
    preparation.run();
  }

  /** Whether it leads, follows, or is alone. */
  @Override
  public boolean isReady() throws IOException {
    return ask("srvr").contains("Mode: ");
  }

  @Override
  public boolean leads() throws IOException {
    return ask("srvr").contains("Mode: leader");
  }

  /** Whether the session of this broker goes on; it outlives a killed one by its time-out. */
  boolean hasSessionOf(int broker) throws IOException {
    return ask("dump").contains("/brokers/ids/" + broker + "\n");
  }

  /** Sends one of the commands of four letters; each has a connection of its own. */
  private String ask(String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      // A server that has just begun to listen may forget a connection without ever closing it.
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
