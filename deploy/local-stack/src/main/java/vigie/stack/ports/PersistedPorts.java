// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.ports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

/**
 * The ports that the data of a folder was written with. The tables of the archive name their files
 * by the address of the NameNode, so that its port has to stay while the data stays.
 */
public final class PersistedPorts {

  private final Path file;

  public PersistedPorts(StackFolder folder) {
    this.file = folder.data("ports.env");
  }

  /** The fixed ports, unless the data was written with another NameNode. */
  public Ports fixed() {
    Ports fixed = Ports.fixed();
    if (Files.exists(file)) {
      int kept = Ports.read(file, fixed.numbers()).of(Port.NAMENODE);
      if (kept != fixed.of(Port.NAMENODE)) {
        throw new StackException(
            "the data was written with the NameNode at port %d: start with --free-ports again,"
                    .formatted(kept)
                + " or set NAMENODE_PORT to it in config/ports.env, or deploy/down --clean");
      }
    }
    return keep(fixed);
  }

  /** The ports of the last start, else free ones; parts that are new since then get free ones. */
  public Ports free() {
    Ports free = Ports.ephemeral();
    return keep(Files.exists(file) ? Ports.read(file, free.numbers()) : free);
  }

  private Ports keep(Ports ports) {
    String lines =
        ports.variables().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .sorted()
            .collect(Collectors.joining("\n", "", "\n"));
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ports;
  }
}
