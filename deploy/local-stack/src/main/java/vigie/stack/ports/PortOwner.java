// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.ports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which process listens on a port, where Linux tells and the user may know. */
final class PortOwner {

  private static final String LISTEN = "0A";

  private PortOwner() {}

  /** "1234 (redis-server)". */
  static Optional<String> of(int port) {
    Set<String> sockets =
        Stream.of("/proc/net/tcp", "/proc/net/tcp6")
            .flatMap(table -> listeningOn(port, Path.of(table)).stream())
            .map(inode -> "socket:[" + inode + "]")
            .collect(Collectors.toSet());
    if (sockets.isEmpty()) {
      return Optional.empty();
    }
    return ProcessHandle.allProcesses()
        .filter(process -> holds(process.pid(), sockets))
        .map(process -> process.pid() + name(process.pid()))
        .findFirst();
  }

  private static List<String> listeningOn(int port, Path table) {
    String suffix = ":%04X".formatted(port);
    try (Stream<String> lines = Files.lines(table)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(f -> f.length > 9 && f[1].endsWith(suffix) && f[3].equals(LISTEN))
          .map(fields -> fields[9])
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean holds(long pid, Set<String> sockets) {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return descriptors.anyMatch(descriptor -> sockets.contains(target(descriptor)));
    } catch (IOException e) {
      return false;
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static String name(long pid) {
    try {
      return " (" + Files.readString(Path.of("/proc/" + pid + "/comm")).strip() + ")";
    } catch (IOException e) {
      return "";
    }
  }
}
