// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import scala.Option;

/** One bench and one Spark for all classes: they take longer to start than most tests to run. */
final class SharedBench implements ParameterResolver {

  private record Running(Path folder, Bench bench) implements AutoCloseable {

    static Running start() {
      try {
        Path folder = Files.createTempDirectory("vigie-bench");
        return new Running(folder, new Bench(folder));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      Option<SparkSession> spark = SparkSession.getDefaultSession();
      if (spark.isDefined()) {
        spark.get().stop();
      }
      bench.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == Bench.class;
  }

  @Override
  public Bench resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(Namespace.create(SharedBench.class))
        .computeIfAbsent(Running.class, key -> Running.start(), Running.class)
        .bench();
  }
}
