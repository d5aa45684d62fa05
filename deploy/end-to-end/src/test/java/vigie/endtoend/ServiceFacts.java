// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import vigie.stack.AccessMode;
import vigie.stack.StackOptions;
import vigie.stack.StartUpListener;
import vigie.stack.VigieStack;
import vigie.stack.process.ChildProcess;
import vigie.stack.process.ManagedProcess;

/** How the local stack really starts our own parts: what containers are compared with. */
record ServiceFacts(Map<String, ChildProcess> processes) {

  static final List<String> NAMES =
      List.of(
          "ingest-service",
          "alert-service",
          "archive-service",
          "dashboard-service",
          "analytics-job");

  /** Spark listens on the container's address; the local stack keeps it to this machine. */
  private static final Set<String> ELSEWHERE = Set.of("SPARK_LOCAL_IP", "VIGIE_ANALYTICS_MASTER");

  /** Where it serves others. */
  static String port(String service) throws IOException {
    return Facts.ports().get(name(service) + "_PORT");
  }

  /** Where it tells how it is. */
  static String managementPort(String service) throws IOException {
    return Facts.ports().getOrDefault(name(service) + "_MANAGEMENT_PORT", port(service));
  }

  /** As its ports in {@code config/ports.env} begin. */
  private static String name(String service) {
    return service.substring(0, service.indexOf('-')).toUpperCase(Locale.ROOT);
  }

  /** Nothing is started. */
  static ServiceFacts ofLocalStack() throws IOException {
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "facts-");
    StackOptions options = StackOptions.forTest(folder).withAccess(AccessMode.TOKENS);
    VigieStack vigie = new VigieStack(options, StartUpListener.SILENT);
    return new ServiceFacts(
        vigie.parts().stream()
            .map(ManagedProcess::process)
            .filter(process -> NAMES.contains(process.name()))
            .collect(Collectors.toMap(ChildProcess::name, Function.identity())));
  }

  /** Every variable is one that the local stack gives too; what it must give, is given. */
  void assertKnows(String service, Set<String> variables) {
    assertTrue(!variables.isEmpty(), service + " is given nothing");
    Set<String> known = processes.get(service).environment().keySet();
    for (String variable : variables) {
      assertTrue(
          known.contains(variable) || ELSEWHERE.contains(variable), service + ": " + variable);
    }
    // Without an interval analytics-job takes a minute, which the local stack gives anyway.
    Set<String> missing =
        known.stream()
            .filter(one -> !variables.contains(one) && !one.equals("VIGIE_ANALYTICS_INTERVAL"))
            .filter(one -> !ELSEWHERE.contains(one))
            .collect(Collectors.toSet());
    assertEquals(Set.of(), missing, service);
  }

  /** The options of its JVM that tell sizes, and its main class or jar. */
  List<String> options(String service) {
    return essence(processes.get(service).command());
  }

  /**
   * As {@link #options}, of a container's command line. How a JVM starts and compiles may differ.
   */
  static List<String> essence(List<String> command) {
    return command.stream()
        .filter(one -> one.matches("-X.*|vigie\\..*|.*quarkus-run\\.jar"))
        .filter(one -> !one.matches("-XX:(AOTCache|SharedArchiveFile|TieredStopAtLevel)=.*"))
        .map(one -> one.substring(one.lastIndexOf('/') + 1))
        .toList();
  }
}
