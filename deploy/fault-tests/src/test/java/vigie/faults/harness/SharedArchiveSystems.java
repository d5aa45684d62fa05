// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import vigie.stack.hdfs.HdfsTopology;
import vigie.stack.process.ManagedProcess;
import vigie.stack.workspace.TemporaryFolder;

/**
 * One Kafka, one HDFS and one PostgreSQL for all classes that take {@link ArchiveSystems}. They are
 * the last classes of the module, by {@code @Order}, so that the systems do not run beside the
 * others.
 */
public final class SharedArchiveSystems implements ParameterResolver {

  private record Running(TemporaryFolder workspace, ArchiveSystems systems)
      implements AutoCloseable {

    static Running start() {
      try {
        TemporaryFolder workspace = TemporaryFolder.create("systems");
        return new Running(
            workspace, ArchiveSystems.startIn(workspace.folder(), HdfsTopology.MINIMAL));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** A class that failed may have left something frozen or dead. */
    ArchiveSystems whole() {
      Stream.of(
              systems.kafka(),
              systems.hdfs().nameNode(),
              systems.hdfs().dataNode(),
              systems.postgres())
          .forEach(Running::revive);
      systems.kafka().awaitReady();
      systems.hdfs().awaitReady();
      systems.postgres().awaitReady();
      return systems;
    }

    private static void revive(ManagedProcess part) {
      if (part.process().isAlive()) {
        part.resume();
      } else {
        part.start();
      }
    }

    @Override
    public void close() {
      systems.close();
      workspace.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == ArchiveSystems.class;
  }

  @Override
  public ArchiveSystems resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(Namespace.create(SharedArchiveSystems.class))
        .computeIfAbsent(Running.class, key -> Running.start(), Running.class)
        .whole();
  }
}
