// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.postgres;

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
import java.util.Optional;
import java.util.TreeMap;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ChildProcess;
import vigie.stack.process.ManagedProcess;
import vigie.stack.security.Certificates;
import vigie.stack.security.SecretFile;
import vigie.stack.workspace.DataTemplate;
import vigie.stack.workspace.Fingerprint;
import vigie.stack.workspace.OneTimeSetup;
import vigie.stack.workspace.StackFolder;
import vigie.stack.workspace.WorkingCopy;

/**
 * A PostgreSQL server with the databases {@code vigie}, of the figures, and {@code catalog}, of the
 * archive; what it acknowledged survives a crash.
 */
public final class PostgresServer implements ManagedProcess {

  public static final String USER = "vigie";

  private static final String FIGURES = "vigie";

  /** Beyond the tables, where the two roles of the figures are two. */
  private static final Path RIGHTS = WorkingCopy.config("postgresql/roles/rights.sql");

  /** A statement ends with an empty line, else with its line. */
  private static final String SEVERAL_LINES = "-j";

  /** What a new database is a copy of. */
  private static final String TEMPLATE = "template1";

  private static final List<String> INITDB =
      List.of(
          "--username=postgres",
          "--auth-local=reject",
          "--auth-host=scram-sha-256",
          "--encoding=UTF8",
          "--locale-provider=builtin",
          "--builtin-locale=C.UTF-8",
          "--no-instructions");

  private static final Duration PREPARATION = Duration.ofSeconds(60);

  private final StackFolder folder;
  private final Ports ports;
  private final PostgresRole writer;
  private final PostgresRole reader;
  private final Path catalogPassword;
  private final PostgresRole catalogOwner;
  private final Optional<PostgresTls> tls;
  private final ChildProcess process;

  public PostgresServer(StackFolder folder, Ports ports) {
    this(folder, ports, PostgresRole.of(USER, folder.data("postgresql-password")));
  }

  private PostgresServer(StackFolder folder, Ports ports, PostgresRole both) {
    this(
        folder,
        ports,
        both,
        both,
        folder.data("postgresql-password-of-" + CatalogDatabase.NAME),
        Optional.empty());
  }

  /**
   * @param writer who keeps the figures
   * @param reader who shows them; the same as the writer where one role does everything
   * @param catalogPassword of the owner of the archive's catalog, who has no part in the figures
   */
  private PostgresServer(
      StackFolder folder,
      Ports ports,
      PostgresRole writer,
      PostgresRole reader,
      Path catalogPassword,
      Optional<PostgresTls> tls) {
    this.folder = folder;
    this.ports = ports;
    this.writer = writer;
    this.reader = reader;
    this.catalogPassword = catalogPassword;
    this.catalogOwner = PostgresRole.of(CatalogDatabase.NAME, catalogPassword);
    this.tls = tls;
    Map<String, String> settings = new TreeMap<>();
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("unix_socket_directories", "");
    settings.put("fsync", "on");
    settings.put("synchronous_commit", "on");
    // 8 MB instead of 8 GB: each role can fill it, and there is one notification a publication.
    settings.put("max_notify_queue_pages", "1024");
    tls.ifPresent(encrypted -> settings.putAll(encrypted.settings()));
    List<String> arguments =
        new ArrayList<>(
            List.of("-D", cluster(), "-p", Integer.toString(ports.of(Port.POSTGRESQL))));
    settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
    this.process = program("postgres", arguments.toArray(String[]::new));
  }

  /** A server with a role for each part that enters it, which they enter by TLS only. */
  public static PostgresServer secured(StackFolder folder, Ports ports, Certificates certificates) {
    return new PostgresServer(
        folder,
        ports,
        PostgresRole.of("analytics", folder.data("keys/postgresql-password-of-analytics")),
        PostgresRole.of("dashboard", folder.data("keys/postgresql-password-of-dashboard")),
        folder.data("keys/postgresql-password-of-" + CatalogDatabase.NAME),
        Optional.of(new PostgresTls(certificates, folder.conf("postgresql/hosts"))));
  }

  /** A running server of its own, with a free port, for a test. */
  public static PostgresServer startIn(Path folder) {
    PostgresServer server = new PostgresServer(new StackFolder(folder), Ports.ephemeral());
    server.start();
    server.awaitReady();
    return server;
  }

  /** With all that it takes to know the server. */
  public String jdbcUrl() {
    return "jdbc:" + reactiveUrl() + tls.map(PostgresTls::jdbcParameters).orElse("");
  }

  /** Where the archive's tables are looked up. */
  public CatalogDatabase catalog() {
    String url =
        "jdbc:postgresql://%s/%s%s"
            .formatted(
                ports.address(Port.POSTGRESQL),
                CatalogDatabase.NAME,
                tls.map(PostgresTls::jdbcParameters).orElse(""));
    return new CatalogDatabase(url, catalogOwner, catalogPassword);
  }

  /** What the reactive client of Quarkus takes to know the server. */
  public Map<String, String> reactiveEnvironment() {
    return tls.map(PostgresTls::reactiveEnvironment).orElse(Map.of());
  }

  public String reactiveUrl() {
    return "postgresql://" + ports.address(Port.POSTGRESQL) + "/vigie";
  }

  /** The writer's; made at random for this data folder, where only its owner can read it. */
  public String password() {
    return writer.password();
  }

  public PostgresRole writer() {
    return writer;
  }

  public PostgresRole reader() {
    return reader;
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), writer.name(), writer.password());
  }

  @Override
  public ChildProcess process() {
    return process;
  }

  @Override
  public void prepare() {
    OneTimeSetup.of(folder.data("postgresql"), this::createDatabases);
    // A folder that is older than the catalog gets one. What is there already is left as it is.
    OneTimeSetup.of(catalogMark(), () -> execute(TEMPLATE, createCatalog()));
    if (!reader.equals(writer)) {
      OneTimeSetup.of(rightsMark(), this::restrict);
    }
    removeStaleLock();
    tls.ifPresent(PostgresTls::writeHosts);
  }

  /** Also in a folder whose rights an older version has set. */
  private Path rightsMark() {
    return folder.data("postgresql").resolve("rights-" + Fingerprint.of().andFile(RIGHTS));
  }

  private void restrict() {
    try {
      execute(FIGURES, Files.readString(RIGHTS), SEVERAL_LINES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It ends at once when it is stopped; killed, it would leave its shared memory behind. */
  @Override
  public void killWhenClosed() {}

  @Override
  public boolean isReady() throws SQLException {
    try (Connection connection = connect()) {
      return connection.isValid(2);
    }
  }

  /**
   * Copies of one template share PostgreSQL's system identifier, which matters to replicas and
   * archives of its log only. Roles and passwords are each folder's own.
   */
  private void initialise() {
    DataTemplate initialised =
        new DataTemplate(
            folder,
            "postgresql-" + Fingerprint.of().and(INITDB).andFile(PostgresProgram.file("postgres")));
    if (!initialised.copiedTo(Path.of(cluster()))) {
      List<String> arguments = new ArrayList<>(List.of("-D", cluster()));
      arguments.addAll(INITDB);
      program("initdb", arguments.toArray(String[]::new)).run(PREPARATION);
      initialised.store(Path.of(cluster()));
    }
  }

  private void createDatabases() {
    initialise();
    execute(TEMPLATE, (reader.equals(writer) ? forOne() : forTwo()) + createCatalog());
    OneTimeSetup.isDone(catalogMark());
  }

  private Path catalogMark() {
    return folder.data("postgresql").resolve(CatalogDatabase.NAME);
  }

  /** By the server without a port, which goes on after a statement that failed. */
  private void execute(String database, String statements, String... options) {
    Path script = folder.data("postgresql").resolve("create.sql");
    SecretFile.write(script, statements);
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" <\"$0\""));
    command.add(script.toString());
    command.addAll(PostgresProgram.command("postgres"));
    command.addAll(List.of("--single", "-D", cluster()));
    command.addAll(List.of(options));
    command.add(database);
    new ChildProcess("postgresql-create", log(), Map.of(), command).run(PREPARATION);
    delete(script);
  }

  /**
   * No copy of a template that was changed: the schema is its owner's, and no other role enters.
   */
  private String createCatalog() {
    return catalogOwner.create()
        + """
        CREATE DATABASE %1$s OWNER %1$s TEMPLATE template0
        REVOKE ALL ON DATABASE %1$s FROM PUBLIC
        """
            .formatted(CatalogDatabase.NAME);
  }

  private String forOne() {
    return writer.create() + "CREATE DATABASE vigie OWNER " + writer.name() + "\n";
  }

  /** The writer owns the tables, and nothing else. The new database is a copy of this one. */
  private String forTwo() {
    return writer.create()
        + reader.create()
        + """
        ALTER SCHEMA public OWNER TO %1$s
        CREATE DATABASE vigie
        """
            .formatted(writer.name());
  }

  /**
   * PostgreSQL refuses to start when the process number in its lock file is in use. An unrelated
   * process may have that number, or a dead process that its parent has not reaped. The memory that
   * a live server of this cluster shares with its clients' processes is a second lock, which stays.
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
