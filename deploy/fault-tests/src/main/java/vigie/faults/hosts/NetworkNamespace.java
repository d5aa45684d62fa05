// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import vigie.stack.ports.Host;

/**
 * A network of its own: interfaces, addresses and packet filter.
 *
 * @param name as {@code ip netns} knows it
 */
record NetworkNamespace(String name) {

  static final String INTERFACE = "eth0";

  static NetworkNamespace create(String name) {
    IpCommand.run("ip", "netns", "add", name);
    NetworkNamespace created = new NetworkNamespace(name);
    created.run("ip", "link", "set", "lo", "up");
    return created;
  }

  /** The names of all on this machine. */
  static List<String> all() {
    return IpCommand.run("ip", "netns", "list")
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> new StringTokenizer(line).nextToken())
        .toList();
  }

  Host host(String address) {
    return new Host(address, List.of("ip", "netns", "exec", name));
  }

  String run(String... command) {
    return run(List.of(command));
  }

  String run(List<String> command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
    all.addAll(command);
    return IpCommand.run(all);
  }

  /** Its interfaces and rules go with it. */
  void delete() {
    IpCommand.run("ip", "netns", "delete", name);
  }
}
