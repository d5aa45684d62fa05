// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A PostgreSQL server with the database {@code vigie}; what it acknowledged survives a crash. */
public final class PostgresServer implements Part {

  public static final String USER = "vigie";

  private static final Duration PREPARATION = Duration.ofSeconds(60);

  private final Folder folder;
  private final Ports ports;
  private final String password;
  private final ChildProcess process;

  public PostgresServer(Folder folder, Ports ports) {
    this.folder = folder;
    this.ports = ports;
    this.password = Secret.readOrMake(folder.data("postgresql-password"));
    this.process =
        program(
            "postgres",
            "-D",
            cluster(),
            "-p",
            Integer.toString(ports.of(Port.POSTGRESQL)),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "fsync=on",
            "-c",
            "synchronous_commit=on");
  }

  /** A running server of its own, with a free port, for a test. */
  public static PostgresServer startIn(Path folder) {
    PostgresServer server = new PostgresServer(new Folder(folder), Ports.ephemeral());
    server.start();
    server.awaitReady();
    return server;
  }

  public String jdbcUrl() {
    return "jdbc:" + reactiveUrl();
  }

  public String reactiveUrl() {
    return "postgresql://" + ports.address(Port.POSTGRESQL) + "/vigie";
  }

  /** Made at random for this data folder, where only its owner can read it. */
  public String password() {
    return password;
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), USER, password);
  }

  @Override
  public ChildProcess process() {
    return process;
  }

  @Override
  public void start() {
    FirstStart.of(folder.data("postgresql"), this::createDatabase);
    removeStaleLock();
    Part.super.start();
  }

  @Override
  public boolean isReady() throws SQLException {
    try (Connection connection = connect()) {
      return connection.isValid(2);
    }
  }

  private void createDatabase() {
    program(
            "initdb",
            "-D",
            cluster(),
            "--username=postgres",
            "--auth-local=reject",
            "--auth-host=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions")
        .run(PREPARATION);
    Path script = folder.data("postgresql").resolve("create.sql");
    Secret.write(
        script,
        """
        CREATE ROLE %1$s LOGIN PASSWORD '%2$s'
        CREATE DATABASE vigie OWNER %1$s
        """
            .formatted(USER, password));
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" <\"$0\""));
    command.add(script.toString());
    command.addAll(PostgresProgram.command("postgres"));
    command.addAll(List.of("--single", "-D", cluster(), "postgres"));
    new ChildProcess("postgresql-create", log(), Map.of(), command).run(PREPARATION);
    delete(script);
  }

  /**
   * PostgreSQL refuses to start when the process number in its lock file is in use, be it by a
   * stranger or by a dead process that nobody has collected. The memory that a live server of this
   * cluster shares with its clients' processes is a second lock, which stays.
   */
  private void removeStaleLock() {
    Path lock = Path.of(cluster(), "postmaster.pid");
    try {
      if (Files.exists(lock) && !isServerOfThisCluster(Files.readAllLines(lock).get(0))) {
        Files.delete(lock);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isServerOfThisCluster(String pid) {
    return ProcessHandle.of(Long.parseLong(pid.strip()))
        .flatMap(process -> process.info().commandLine())
        .filter(line -> line.contains(cluster()))
        .isPresent();
  }

  private Path log() {
    return folder.log("postgresql");
  }

  private String cluster() {
    return folder.data("postgresql").resolve("cluster").toString();
  }

  /** SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for its clients to leave. */
  private ChildProcess program(String program, String... arguments) {
    List<String> command = new ArrayList<>(PostgresProgram.command(program));
    command.addAll(List.of(arguments));
    String name = program.equals("postgres") ? "postgresql" : program;
    return new ChildProcess(name, log(), Map.of(), command, "INT");
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
