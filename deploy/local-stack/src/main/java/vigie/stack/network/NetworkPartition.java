// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.network;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import vigie.stack.workspace.StackException;

/**
 * A network that can be cut. Each server listens on a loopback address of its own, from which it
 * also calls others, and is reached by way of a {@link TcpProxy}. Some servers can be put on an
 * island: what goes between the island and the rest of the world, clients included, then gets
 * stuck, as when a cable is pulled, and flows on once the cut is healed.
 */
public final class NetworkPartition implements AutoCloseable {

  private final List<TcpProxy> wires = new ArrayList<>();
  private Set<String> island = Set.of();

  /** Lets callers of {@code 127.0.0.1:port} reach {@code host:port}. */
  public void add(String host, int port) {
    try {
      wires.add(new TcpProxy(this, host, port));
    } catch (IOException e) {
      throw new StackException("port %d cannot be wired: %s".formatted(port, e.getMessage()), e);
    }
  }

  /** Puts these servers, and no others, on an island. */
  public synchronized void cut(Set<String> hosts) {
    island = Set.copyOf(hosts);
    notifyAll();
  }

  public void heal() {
    cut(Set.of());
  }

  /** Returns as soon as nothing is cut between the two. */
  synchronized void awaitPassage(InetAddress caller, String host) throws InterruptedException {
    while (island.contains(caller.getHostAddress()) != island.contains(host)) {
      wait();
    }
  }

  @Override
  public void close() {
    heal();
    wires.forEach(TcpProxy::close);
  }
}
