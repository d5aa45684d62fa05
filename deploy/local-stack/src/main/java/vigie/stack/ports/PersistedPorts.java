// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.ports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import vigie.command.AtomicFile;
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
    if (areFree()) {
      throw new StackException(
          "the data was written with the NameNode at port %d: start with --free-ports again,"
                  .formatted(kept(fixed).of(Port.NAMENODE))
              + " or set NAMENODE_PORT to it in config/ports.env");
    }
    return keep(fixed);
  }

  /** Whether the data was written with another NameNode than that of the fixed ports. */
  public boolean areFree() {
    Ports fixed = Ports.fixed();
    return kept(fixed).of(Port.NAMENODE) != fixed.of(Port.NAMENODE);
  }

  /** The ports of the last start, else free ones; parts that are new since then get free ones. */
  public Ports free() {
    return keep(kept(Ports.ephemeral()));
  }

  /** Those of the last start, and of {@code others} where it had none. */
  private Ports kept(Ports others) {
    return Files.exists(file) ? Ports.read(file, others.numbers()) : others;
  }

  private Ports keep(Ports ports) {
    String lines =
        ports.variables().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .sorted()
            .collect(Collectors.joining("\n", "", "\n"));
    try {
      AtomicFile.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ports;
  }
}
