// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.WorkingCopy;

/** What a Quarkus service is started as: a JVM, or a native image of those that have one. */
public enum ServiceForm {
  JVM {
    @Override
    List<String> command(String service, JitMode jit) {
      Path application = target(service).resolve("quarkus-app");
      Path jar = application.resolve("quarkus-run.jar");
      require(jar, service, "mvn package -DskipTests");
      List<String> options = new ArrayList<>(SMALL_OBJECTS);
      String agent = System.getProperty(AGENT);
      // The JVM uses no archive beside an agent that changes classes.
      options.addAll(
          agent == null
              ? startUpArchive(application)
              : List.of("-javaagent:" + agent.replace("{service}", service)));
      options.addAll(List.of("-jar", jar.toString()));
      return JvmCommand.command(JVM_HEAP, jit, options, List.of());
    }
  },

  IMAGE {
    @Override
    List<String> command(String service, JitMode jit) {
      Path runner = target(service).resolve(service + "-0.1.0-SNAPSHOT-runner");
      require(runner, service, "mvn package -Dnative -DskipTests -am -pl " + service);
      return List.of(
          runner.toString(), "-Xmx" + IMAGE_HEAPS.get(service), JvmCommand.END_WITHOUT_MEMORY);
    }
  };

  /** Set, it asks for the images. */
  public static final String NATIVE = "vigie.native";

  /** An agent of each service's JVM and its arguments, where {@code {service}} is its name. */
  public static final String AGENT = "vigie.agent";

  private static final String JVM_HEAP = "256m";

  /** The services that have images. Only that of ingest-service is measured. */
  private static final Map<String, String> IMAGE_HEAPS =
      Map.of("ingest-service", "64m", "alert-service", JVM_HEAP, "dashboard-service", JVM_HEAP);

  private static final int AOT_CACHE_SINCE = 24;

  /**
   * Smaller objects since Java 25; an older one does not know the option. The archive for a fast
   * start has to be recorded with it, see pom.xml.
   */
  private static final List<String> SMALL_OBJECTS =
      List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseCompactObjectHeaders");

  /** The form in which this process starts the service. */
  static ServiceForm of(String service) {
    String asked = System.getProperty(NATIVE, "false");
    return asked.equals("false") || !IMAGE_HEAPS.containsKey(service) ? JVM : IMAGE;
  }

  abstract List<String> command(String service, JitMode jit);

  private static Path target(String service) {
    return WorkingCopy.root().resolve(service).resolve("target");
  }

  private static void require(Path file, String service, String build) {
    if (!Files.exists(file)) {
      throw new StackException(
          "%s is not built (%s is missing): run %s".formatted(service, file, build));
    }
  }

  /** What the build recorded for a fast start on this JDK, if it did. */
  private static List<String> startUpArchive(Path application) {
    Path cache = application.resolve("app.aot");
    Path archive = application.resolve("app-cds.jsa");
    if (Runtime.version().feature() >= AOT_CACHE_SINCE && Files.exists(cache)) {
      return List.of("-XX:AOTCache=" + cache);
    }
    return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
  }
}
