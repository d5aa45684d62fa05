// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.stream.Collectors.toMap;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vigie.issuer.Issuer;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;

/** {@code deploy/compose} in one form of Kafka, on free ports of this machine. */
final class ComposeProject implements AutoCloseable {

  /** A machine with two busy cores starts twenty containers slowly. */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private static final List<Port> PUBLISHED =
      List.of(Port.DASHBOARD, Port.INGEST, Port.ALERT, Port.ANALYTICS_UI);
  private static final Path COMPOSE = Facts.ROOT.resolve("deploy/compose");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Ports ports = Ports.ephemeral();

  /**
   * @param folder for logs and the issuer's keys
   */
  ComposeProject(ContainerEngine engine, Path folder) {
    this.folder = folder;
    environment.put("DOCKER_HOST", engine.address());
    environment.put("COMPOSE_HTTP_TIMEOUT", Long.toString(PATIENCE.toSeconds()));
    PUBLISHED.forEach(
        port -> environment.put(port.name() + "_PORT", Integer.toString(ports.of(port))));
  }

  /** Makes the images that cannot be pulled, and what `docker compose up` reads. */
  void prepare(String form) throws IOException, InterruptedException {
    run(COMPOSE.resolve("stand-ins/build").toAbsolutePath().toString());
    run(COMPOSE.resolve("prepare").toAbsolutePath().toString(), "--kafka", form);
    environment.put("COMPOSE_PROJECT_NAME", "vigie-test-" + form);
  }

  void up(String... arguments) throws IOException, InterruptedException {
    compose("up", arguments);
  }

  /** Ends and deletes the containers; their volumes stay. */
  void down(String... arguments) throws IOException, InterruptedException {
    compose("down", arguments);
  }

  /** Runs one of the operators' commands; fails unless it ends with 0. */
  String tools(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("--rm", "tools"));
    all.addAll(List.of(arguments));
    return compose("run", all.toArray(String[]::new));
  }

  /** The keys of its development issuer. */
  Issuer issuer() throws IOException, InterruptedException {
    Path keys = folder.resolve("keys");
    if (!Files.exists(keys)) {
      String made = ids("issuer").get(0);
      run("docker", "cp", made + ":/issuer", keys.toString());
    }
    return Issuer.in(keys);
  }

  String url(Port port) {
    return ports.url(port, "");
  }

  /** Waits until each container that stays is healthy, and each that ends has ended well. */
  void awaitHealthy() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(5))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> states().entrySet().stream().filter(one -> !isWell(one.getValue())).toList(),
            List::isEmpty);
  }

  /** SIGKILL from outside, as by the kernel: the engine's own kill would count as a wish to end. */
  void killProcessOf(String service) throws IOException, InterruptedException {
    String container = ids(service).get(0);
    long pid = inspect(List.of(container)).get(0).at("/State/Pid").asLong();
    assertTrue(ProcessHandle.of(pid).orElseThrow().destroyForcibly(), service);
  }

  private static boolean isWell(JsonNode state) {
    JsonNode health = state.at("/Health/Status");
    return health.isMissingNode()
        ? state.get("Status").asText().equals("exited") && state.get("ExitCode").asInt() == 0
        : health.asText().equals("healthy");
  }

  /** By the names of the containers. */
  Map<String, JsonNode> states() throws IOException, InterruptedException {
    return inspect(ids()).stream()
        .collect(toMap(one -> one.get("Name").asText(), one -> one.get("State")));
  }

  /** What the engine knows of each container. */
  List<JsonNode> inspect(List<String> containers) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("docker", "inspect"));
    command.addAll(containers);
    List<JsonNode> all = new ArrayList<>();
    JSON.readTree(run(command.toArray(String[]::new))).forEach(all::add);
    return all;
  }

  /** Of the services, or of all; those that have ended too. */
  List<String> ids(String... services) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("-a", "-q"));
    arguments.addAll(List.of(services));
    return compose("ps", arguments.toArray(String[]::new)).lines().toList();
  }

  private String compose(String verb, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("docker-compose", verb));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  /** What the program prints; what it says of its errors is in {@code compose.log}. */
  private String run(String... command) throws IOException, InterruptedException {
    Path log = folder.resolve("compose.log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(COMPOSE.toFile());
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(PATIENCE.toMinutes(), MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(
          "%s failed, see %s: %s".formatted(String.join(" ", command), log, printed));
    }
    return printed;
  }

  @Override
  public void close() throws IOException {
    try {
      down("--volumes");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
