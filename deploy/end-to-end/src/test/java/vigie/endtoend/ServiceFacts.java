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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vigie.stack.AccessMode;
import vigie.stack.StackOptions;
import vigie.stack.StartUpListener;
import vigie.stack.VigieStack;
import vigie.stack.hdfs.HdfsTopology;
import vigie.stack.process.ChildProcess;
import vigie.stack.process.ManagedProcess;
import vigie.stack.redis.RedisTopology;

/** How the local stack really starts our own parts: what containers are compared with. */
record ServiceFacts(Map<String, ChildProcess> processes) {

  static final List<String> NAMES =
      List.of(
          "ingest-service",
          "alert-service",
          "archive-service",
          "dashboard-service",
          "analytics-job");

  /**
   * Spark listens on the container's address, the local stack keeps it to this machine; only
   * containers are behind a proxy, and only exams of the local stack are closed by a command.
   */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "SPARK_LOCAL_IP",
          "VIGIE_ANALYTICS_MASTER",
          "SPARK_EXECUTOR_MEMORY",
          "VIGIE_INGEST_CLIENT_HEADER",
          "VIGIE_INGEST_EXAM_CLOSED_FILE",
          "VIGIE_CONNECTIONS_PER_ADDRESS");

  private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+[mg])");

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
    return of(options());
  }

  /** With users everywhere, and with systems that survive a failure in part. Nothing is started. */
  static ServiceFacts ofSecuredStack() throws IOException {
    return of(options().secured().withRedis(RedisTopology.SENTINEL).withHdfs(HdfsTopology.STEADY));
  }

  private static StackOptions options() throws IOException {
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "facts-");
    return StackOptions.forTest(folder).withAccess(AccessMode.TOKENS);
  }

  private static ServiceFacts of(StackOptions options) {
    VigieStack vigie = new VigieStack(options, StartUpListener.SILENT);
    return new ServiceFacts(
        vigie.parts().stream()
            .map(ManagedProcess::process)
            .filter(process -> NAMES.contains(process.name()))
            .collect(Collectors.toMap(ChildProcess::name, Function.identity())));
  }

  /** Every variable is one that the local stack gives too; what it must give, is given. */
  void assertKnows(String service, Set<String> variables) {
    assertKnows(service, variables, Set.of());
  }

  /**
   * @param further those that may be given too
   */
  void assertKnows(String service, Set<String> variables, Set<String> further) {
    assertTrue(!variables.isEmpty(), service + " is given nothing");
    Set<String> known = variables(service);
    for (String variable : variables) {
      assertTrue(
          known.contains(variable) || further.contains(variable) || ELSEWHERE.contains(variable),
          service + ": " + variable);
    }
    // Without an interval analytics-job takes a minute, which the local stack gives anyway.
    Set<String> missing =
        known.stream()
            .filter(one -> !variables.contains(one) && !one.equals("VIGIE_ANALYTICS_INTERVAL"))
            .filter(one -> !ELSEWHERE.contains(one))
            .collect(Collectors.toSet());
    assertEquals(Set.of(), missing, service);
  }

  Set<String> variables(String service) {
    return processes.get(service).environment().keySet();
  }

  /** The largest heap that its JVM is given, in bytes. */
  long heap(String service) {
    return processes.get(service).command().stream()
        .map(HEAP::matcher)
        .filter(Matcher::matches)
        .mapToLong(option -> bytes(option.group(1)))
        .findFirst()
        .orElseThrow();
  }

  /** Of {@code 640m} or {@code 2g}. */
  static long bytes(String size) {
    long number = Long.parseLong(size.substring(0, size.length() - 1));
    return number << (size.endsWith("g") ? 30 : 20);
  }

  /** The options of its JVM, and its main class or jar; the size of its heap is a fact apart. */
  List<String> options(String service) {
    return essence(processes.get(service).command());
  }

  /**
   * As {@link #options}, of a container's command line. How a JVM starts and compiles may differ.
   */
  static List<String> essence(List<String> command) {
    return command.stream()
        .filter(one -> one.matches("-X.*|vigie\\..*|.*quarkus-run\\.jar"))
        .filter(
            one ->
                !one.matches(
                    "-Xmx.*|-XX:(AOTCache|SharedArchiveFile|TieredStopAtLevel|ReservedCodeCacheSize"
                        + "|MaxRAMPercentage)=.*"))
        .map(one -> one.substring(one.lastIndexOf('/') + 1))
        .toList();
  }
}
