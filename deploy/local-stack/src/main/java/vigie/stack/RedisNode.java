// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.Jedis;

/** One Redis server: the primary, or a replica of it. */
public final class RedisNode implements Part {

  private static final int TIMEOUT_MILLIS = 2_000;

  private final int port;
  private final boolean replica;
  private final Path data;
  private final ChildProcess process;

  RedisNode(Folder folder, Ports ports, Port port, Optional<Port> primary) {
    String name = port.part();
    this.port = ports.of(port);
    this.replica = primary.isPresent();
    this.data = folder.data(name);
    List<String> command =
        new ArrayList<>(
            List.of(
                RedisProgram.find().toString(),
                Repository.config("redis/redis.conf").toString(),
                "--port",
                Integer.toString(this.port),
                "--dir",
                data.toString()));
    primary.ifPresent(
        of -> command.addAll(List.of("--replicaof", "127.0.0.1", Integer.toString(ports.of(of)))));
    this.process = new ChildProcess(name, folder.log(name), Map.of(), command);
  }

  public int port() {
    return port;
  }

  /** {@code redis://127.0.0.1:<port>}. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** A new connection; the caller closes it. */
  public Jedis connect() {
    return new Jedis("127.0.0.1", port, TIMEOUT_MILLIS);
  }

  @Override
  public ChildProcess process() {
    return process;
  }

  @Override
  public void start() {
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Part.super.start();
  }

  @Override
  public boolean isReady() {
    try (Jedis jedis = connect()) {
      return replica ? jedis.info("replication").contains("master_link_status:up") : answers(jedis);
    }
  }

  boolean hasGoodReplicas(int count) {
    try (Jedis jedis = connect()) {
      return jedis.info("replication").contains("min_slaves_good_slaves:" + count);
    }
  }

  private static boolean answers(Jedis jedis) {
    return jedis.ping().equals("PONG");
  }
}
