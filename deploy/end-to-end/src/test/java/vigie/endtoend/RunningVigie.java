// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import vigie.endtoend.image.Recordings;
import vigie.harness.Tier;
import vigie.stack.AccessMode;
import vigie.stack.StackOptions;
import vigie.stack.VigieStack;
import vigie.stack.kafka.KafkaTopology;

/**
 * Gives tests one running Vigie: all systems and services as processes on free ports, without
 * simulated laptops, secured as by {@code deploy/up --secure}. It is started by the first test that
 * wants it and ends after the last, see {@link RunningVigieLast}. {@code -Dvigie.kafka=steady}
 * gives it that form of Kafka.
 */
final class RunningVigie implements ParameterResolver {

  /** Shorter than the minute of an exam; at less, batches run without a pause while events come. */
  static final Duration ANALYTICS_INTERVAL = Duration.ofSeconds(4);

  private record Stack(VigieStack vigie) implements AutoCloseable {

    @Override
    public void close() {
      vigie.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == VigieStack.class;
  }

  @Override
  public VigieStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(RunningVigie.class))
        .computeIfAbsent(Stack.class, key -> start(), Stack.class)
        .vigie();
  }

  private static Stack start() {
    try {
      // Not a @TempDir: logs and data must outlive a failed run.
      Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "vigie-");
      if (Tier.current() == Tier.ALL) {
        Recordings.begin();
      }
      KafkaTopology kafka = KafkaTopology.parse(System.getProperty("vigie.kafka", "kraft-minimal"));
      return new Stack(
          VigieStack.startNew(
              StackOptions.forTest(folder)
                  .withAnalyticsInterval(ANALYTICS_INTERVAL)
                  .withKafka(kafka)
                  .withAccess(AccessMode.TOKENS)
                  .secured()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
