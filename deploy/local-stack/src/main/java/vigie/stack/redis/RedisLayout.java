// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.redis;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vigie.stack.network.NetworkPartition;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ChildProcess;
import vigie.stack.process.ConfigTemplate;
import vigie.stack.security.Certificates;
import vigie.stack.security.SecretFile;
import vigie.stack.workspace.StackFolder;

/** Prepares the processes of Redis: their files as {@code config/redis} says, their commands. */
final class RedisLayout {

  private static final String USERS = "redis/users.acl";

  /** Redis 6 knows no selectors: alert-service may erase the audit there. */
  private static final String USERS_OF_REDIS_6 = "redis/users-6.acl";

  /** Before the address of the server that is the primary at first. */
  private static final String MONITOR = "sentinel monitor vigie ";

  private static final String SENTINEL_USERS = "redis/sentinel-users.acl";

  private final StackFolder folder;
  private final Ports ports;
  private final RedisTopology topology;
  private final Optional<NetworkPartition> wires;
  private final RedisUsers users;
  private final Map<String, String> own;
  private int hosts;

  /**
   * @param own what each process gets beside what it inherits
   */
  RedisLayout(
      StackFolder folder,
      Ports ports,
      RedisTopology topology,
      Optional<NetworkPartition> wires,
      Optional<Certificates> certificates,
      Map<String, String> own) {
    this.folder = folder;
    this.own = own;
    this.ports = ports;
    this.topology = topology;
    this.wires = wires;
    this.users = RedisUsers.of(folder, certificates);
    ConfigTemplate template = new ConfigTemplate(ports, users.variables());
    String usersOfServers = RedisProgram.hasSelectors() ? USERS : USERS_OF_REDIS_6;
    SecretFile.write(folder.conf(USERS), template.fill(usersOfServers));
    SecretFile.write(folder.conf(SENTINEL_USERS), template.fill(SENTINEL_USERS));
  }

  RedisUsers users() {
    return users;
  }

  RedisNode primary(Port port) {
    return node(port, "");
  }

  RedisNode replica(Port port, Port primary) {
    return node(port, "replicaof %s %d%n".formatted(announced(primary), ports.of(primary)));
  }

  private RedisNode node(Port port, String role) {
    RedisEndpoint endpoint = endpoint(port);
    Path file =
        file(port, "redis/redis.conf", endpoint, USERS, role, topology == RedisTopology.SENTINEL);
    return new RedisNode(endpoint, users, process(port, endpoint, file, List.of()));
  }

  RedisSentinel sentinel(Port port) {
    RedisEndpoint endpoint = endpoint(port);
    Path file = file(port, "redis/sentinel.conf", endpoint, SENTINEL_USERS, "", true);
    return new RedisSentinel(endpoint, users, process(port, endpoint, file, List.of("--sentinel")));
  }

  private RedisEndpoint endpoint(Port port) {
    String announced = announced(port);
    String host = wires.isPresent() ? "127.0.0." + (10 + ++hosts) : announced;
    wires.ifPresent(network -> network.add(host, ports.of(port)));
    return new RedisEndpoint(host, announced, ports.of(port));
  }

  private String announced(Port port) {
    return ports.host(port).address();
  }

  /** A file that its process rewrites is filled in once: it holds what the process has learnt. */
  private Path file(
      Port port,
      String config,
      RedisEndpoint endpoint,
      String acl,
      String more,
      boolean rewritten) {
    Path data = folder.data(port.part());
    Path file = data.resolve(Path.of(config).getFileName());
    if (rewritten && Files.exists(file)) {
      return file;
    }
    Map<String, String> variables = new HashMap<>(users.variables());
    variables.put("REDIS_HOST", endpoint.host());
    variables.put("REDIS_ANNOUNCED_HOST", endpoint.announcedHost());
    variables.put("REDIS_PORT", Integer.toString(endpoint.port()));
    variables.put("REDIS_DATA", data.toString());
    variables.put("REDIS_USERS", folder.conf(acl).toString());
    ConfigTemplate template = new ConfigTemplate(ports, variables);
    String tls = users.certificates().isPresent() ? template.fill("redis/secure.conf") : "";
    String first = MONITOR + announced(Port.REDIS_PRIMARY);
    String text = template.fill(config).replace(MONITOR + endpoint.announcedHost(), first);
    SecretFile.write(file, text + tls + more);
    return file;
  }

  private ChildProcess process(Port port, RedisEndpoint endpoint, Path file, List<String> options) {
    List<String> command =
        new ArrayList<>(List.of(RedisProgram.find().toString(), file.toString()));
    if (endpoint.isWired()) {
      command.addAll(RedisProgram.callingFrom(endpoint.host()));
    }
    command.addAll(options);
    return new ChildProcess(
        port.part(), folder.log(port.part()), own, ports.host(port).running(command));
  }
}
