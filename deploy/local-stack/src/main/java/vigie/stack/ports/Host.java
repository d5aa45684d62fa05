// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.ports;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a part runs.
 *
 * @param address at which others reach it
 * @param prefix of each command, which runs it there
 */
public record Host(String address, List<String> prefix) {

  /** This machine, where parts see each other only. */
  public static final Host LOOPBACK = new Host("127.0.0.1", List.of());

  public Host {
    prefix = List.copyOf(prefix);
  }

  public List<String> running(List<String> command) {
    return Stream.concat(prefix.stream(), command.stream()).toList();
  }
}
