// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import vigie.stack.ports.Host;
import vigie.stack.workspace.StackException;

/**
 * A bridge and the hosts on it. The bridge has a namespace too, so that no packet filter of this
 * machine sees what hosts send each other; this process reaches all of them by an interface of its
 * own. Everything is in namespaces whose names carry the id of this process: what a process that
 * was killed left behind goes when the next one starts.
 */
final class HostNetwork implements AutoCloseable {

  static final String PREFIX = "vigie-hosts-";
  private static final String BRIDGE = "bridge";
  private static final int NETWORKS = 256;

  /** The first address of a host; this process has the first of all. */
  private static final int FIRST_HOST = 11;

  private final long run = ProcessHandle.current().pid();
  private final String own = "vigie" + run;
  private final String network;
  private final NetworkNamespace bridge;
  private final Map<String, NetworkNamespace> hosts = new LinkedHashMap<>();
  private final Map<String, String> addresses = new LinkedHashMap<>();

  private HostNetwork() {
    network = freeNetwork();
    bridge = NetworkNamespace.create(namespace("bridge"));
    bridge.run("ip", "link", "add", BRIDGE, "type", "bridge");
    bridge.run("ip", "link", "set", BRIDGE, "up");
    IpCommand.run(
        "ip", "link", "add", own, "type", "veth", "peer", "name", "self", "netns", bridge.name());
    plug("self");
    IpCommand.run("ip", "address", "add", address(1) + "/24", "dev", own);
    IpCommand.run("ip", "link", "set", own, "up");
  }

  /** Why there can be no such network here; nothing if there can. */
  static Optional<String> obstacle() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("network namespaces need root");
    }
    return Stream.of("ip", "iptables", "tc")
        .filter(program -> !isOnPath(program))
        .findFirst()
        .map(program -> program + " is missing");
  }

  static HostNetwork create() {
    obstacle()
        .ifPresent(
            reason -> {
              throw new StackException("There can be no hosts: " + reason);
            });
    deleteLeftBehind();
    return new HostNetwork();
  }

  /** A new host; its processes have to be started with {@link #host}. */
  void add(String name) {
    String address = address(FIRST_HOST + hosts.size());
    NetworkNamespace host = NetworkNamespace.create(namespace(name));
    hosts.put(name, host);
    addresses.put(name, address);
    IpCommand.run(
        "ip",
        "-n",
        host.name(),
        "link",
        "add",
        NetworkNamespace.INTERFACE,
        "type",
        "veth",
        "peer",
        "name",
        name,
        "netns",
        bridge.name());
    plug(name);
    host.run("ip", "address", "add", address + "/24", "dev", NetworkNamespace.INTERFACE);
    host.run("ip", "link", "set", NetworkNamespace.INTERFACE, "up");
  }

  Host host(String name) {
    return namespace(hosts, name).host(address(name));
  }

  NetworkNamespace namespaceOf(String name) {
    return namespace(hosts, name);
  }

  String address(String name) {
    return addresses.get(name);
  }

  List<String> names() {
    return List.copyOf(hosts.keySet());
  }

  /** The processes of all hosts have ended before. */
  @Override
  public void close() {
    // Namespaces take their interfaces with them, but later than the command returns.
    IpCommand.run("ip", "link", "delete", own);
    hosts.values().forEach(NetworkNamespace::delete);
    bridge.delete();
  }

  private void plug(String end) {
    bridge.run("ip", "link", "set", "dev", end, "master", BRIDGE, "up");
  }

  private String namespace(String host) {
    return PREFIX + run + "-" + host;
  }

  private String address(int number) {
    return network + number;
  }

  private static NetworkNamespace namespace(Map<String, NetworkNamespace> hosts, String name) {
    return Optional.ofNullable(hosts.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no host is called " + name));
  }

  /** Names are {@code PREFIX<process>-<host>}; this process has one network at a time. */
  private static void deleteLeftBehind() {
    for (String name : NetworkNamespace.all()) {
      if (name.startsWith(PREFIX)) {
        String rest = name.substring(PREFIX.length());
        long owner = Long.parseLong(rest.substring(0, rest.indexOf('-')));
        if (ProcessHandle.of(owner).isEmpty() || owner == ProcessHandle.current().pid()) {
          new NetworkNamespace(name).delete();
        }
      }
    }
  }

  private String freeNetwork() {
    String taken = IpCommand.run("ip", "-o", "-4", "address");
    for (int i = 0; i < NETWORKS; i++) {
      String candidate = "10.213.%d.".formatted((run + i) % NETWORKS);
      if (!taken.contains(candidate)) {
        return candidate;
      }
    }
    throw new StackException("every network 10.213.0.0/16 is taken");
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
