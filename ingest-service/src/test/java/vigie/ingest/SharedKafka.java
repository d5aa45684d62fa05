// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import vigie.stack.kafka.KafkaNode;

/**
 * Gives tests the one Kafka of this module. The first test that needs it starts it, and it is
 * killed after the last class. A test that uses it leaves it running and keeps what it holds.
 */
final class SharedKafka implements ParameterResolver {

  private record Running(KafkaNode node) implements AutoCloseable {

    static Running start() {
      try {
        Path target = Path.of("target").toAbsolutePath();
        return new Running(KafkaNode.startIn(Files.createTempDirectory(target, "kafka-")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      node.kill();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KafkaNode.class;
  }

  /** The root store closes what it holds when all classes have run. */
  @Override
  public KafkaNode resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedKafka.class))
        .computeIfAbsent(Running.class, first -> Running.start(), Running.class)
        .node();
  }
}
