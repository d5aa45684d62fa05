// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.stack.workspace.WorkingCopy;

/**
 * The scripts of deploy/ as cron would run them: in a folder whose name has a space and an accent,
 * with a locale of ASCII. In place of the JDK and Maven are scripts that tell how they were called.
 */
@Timeout(60)
class ScriptsTest {

  private static final String JAVA =
      """
      #!/bin/sh
      echo "LC_ALL=$LC_ALL"
      echo "umask=$(umask)"
      echo "servers=${KAFKA_BOOTSTRAP_SERVERS-}"
      sed -n 's/^SigIgn:.*[13579bdf]$/SIGHUP is ignored/p' /proc/$$/status
      for argument; do echo "argument=$argument"; done
      echo $$ >"$PWD/.vigie/java.pid"
      case " $* " in
        *" --hdfs steady "*) echo "up: refused" >&2; exit 1 ;;
        *StackCli*) echo "ready in 1 s"; exec sleep 1000 ;;
      esac
      """;

  private static final String CLIENT =
      """
      #!/bin/sh
      echo "password=$REDISCLI_AUTH$PGPASSWORD"
      echo "TLS mode=${PGSSLMODE-}"
      for argument; do echo "argument=$argument"; done
      """;

  private static final String MAVEN = "#!/bin/sh\ntouch \"$PWD/.vigie/mvn-was-run\"\nexit 1\n";

  @TempDir private Path folder;
  private Path root;
  private final List<ProcessHandle> started = new ArrayList<>();

  @BeforeEach
  void copy() throws IOException {
    root = Files.createDirectory(folder.resolve("é x"));
    for (String script :
        List.of("prepare.sh", "running.sh", "up", "down", "token", "revoke", "operate", "shell")) {
      copy("deploy/" + script);
    }
    copy("config/ports.env");
    Files.createDirectories(root.resolve(".vigie/data"));
    script("jdk/bin/javac", "");
    script("jdk/bin/java", JAVA);
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"99\"\n");
    script("bin/mvn", MAVEN);
    script("bin/redis-server", "");
    script("bin/redis-cli", CLIENT);
    script("bin/psql", CLIENT);
    for (String module : List.of("deploy/issuer", "deploy/operator", "deploy/local-stack")) {
      String name = Path.of(module).getFileName().toString();
      built(module + "/target/" + name + "-0.1.0-SNAPSHOT.jar");
      built(module + "/target/classpath");
    }
    built(".vigie/built");
    for (String source : List.of("config/access", "deploy/command-line")) {
      Files.createDirectories(root.resolve(source));
    }
  }

  @AfterEach
  void end() throws IOException {
    Path pid = root.resolve(".vigie/java.pid");
    if (Files.exists(pid)) {
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(started::add);
    }
    started.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void aSourceThatIsNewerIsBuiltWhileNothingRuns() throws Exception {
    touchSource();

    assertEquals(1, run("token", "laptop", "s-1").code());

    assertTrue(Files.exists(root.resolve(".vigie/mvn-was-run")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "revoke", "operate", "up"})
  void commandsBuildNothingWhileVigieRuns(String command) throws Exception {
    touchSource();
    runVigie();

    Result result = run(command, "--detach");

    assertEquals(0, result.code(), result::output);
    assertFalse(Files.exists(root.resolve(".vigie/mvn-was-run")));
  }

  @Test
  void namesAreUtf8WhateverTheLocale() throws Exception {
    Result result = run("token", "laptop", "Zoé @x");

    assertTrue(result.lines().contains("LC_ALL=C.UTF-8"), result::output);
    assertTrue(result.lines().contains("argument=Zoé @x"), result::output);
  }

  @Test
  void everyBrokerIsAsked() throws Exception {
    Files.writeString(root.resolve(".vigie/data/kafka-form"), "kraft-steady\n");

    Result result = run("operate", "status");

    String ports = Files.readString(root.resolve("config/ports.env"));
    String servers =
        Stream.of("KAFKA", "KAFKA_2", "KAFKA_3", "KAFKA_4", "KAFKA_5")
            .map(name -> ports.replaceAll("(?s).*\\n" + name + "_PORT=(\\d+).*", "127.0.0.1:$1"))
            .collect(Collectors.joining(","));
    assertTrue(result.lines().contains("servers=" + servers), result::output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis", "psql"})
  void theShellHasTheRightsOfTheStackAndShowsNoPassword(String system) throws Exception {
    Files.writeString(root.resolve(".vigie/data/redis-password-of-operator"), "secret");
    Files.writeString(root.resolve(".vigie/data/postgresql-password"), "secret");

    Result result = run("shell", system, "one two");

    assertEquals(0, result.code(), result::output);
    assertTrue(result.lines().contains("password=secret"), result::output);
    assertTrue(result.lines().contains("TLS mode="), result::output);
    assertTrue(result.lines().contains("argument=one two"), result::output);
    assertFalse(result.lines().stream().anyMatch(line -> line.matches("argument=.*secret.*")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mongo", "hdfs rm", "kafka"})
  void theShellRefusesWhatItDoesNotKnow(String arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("shell"));
    command.addAll(arguments.isEmpty() ? List.of() : List.of(arguments.split(" ")));

    Result result = run(command.toArray(String[]::new));

    assertEquals(2, result.code(), result::output);
    assertTrue(result.output().contains("see deploy/shell --help"), result::output);
  }

  @Test
  void upEndsWithNoTerminalAndItsFilesAreItsOwners() throws Exception {
    Result result = run("up", "--detach", "--no-students");

    assertEquals(0, result.code(), result::output);
    assertTrue(result.lines().contains("SIGHUP is ignored"), result::output);
    assertTrue(result.lines().contains("umask=0077"), result::output);
    assertTrue(result.lines().contains("argument=--no-students"), result::output);
    assertFalse(result.lines().contains("argument=--detach"), result::output);
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(".vigie"))));
    String pid = Files.readString(root.resolve(".vigie/java.pid")).strip();
    assertTrue(ProcessHandle.of(Long.parseLong(pid)).orElseThrow().isAlive());
  }

  @Test
  void aDetachedStartThatFailsSaysWhy() throws Exception {
    Result result = run("up", "--detach", "--hdfs", "steady");

    assertEquals(1, result.code());
    assertTrue(result.lines().contains("up: refused"), result::output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no\n", "y\n"})
  void dataStaysUnlessTheQuestionIsAnsweredWithYes(String answer) throws Exception {
    Path data = Files.writeString(root.resolve(".vigie/data/kafka-form"), "steady");

    assertEquals(1, answering(answer, "down", "--clean").code());

    assertTrue(Files.exists(data));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--clean", "--clean --yes"})
  void cleanMovesTheDataToTheTrash(String options) throws Exception {
    Files.writeString(root.resolve(".vigie/data/kafka-form"), "steady");
    List<String> command = new ArrayList<>(List.of("down"));
    command.addAll(List.of(options.split(" ")));

    Result result = answering("yes\n", command.toArray(String[]::new));

    assertEquals(0, result.code(), result::output);
    assertFalse(Files.exists(root.resolve(".vigie/data")));
    try (Stream<Path> trash = Files.list(root.resolve(".vigie/trash"))) {
      Path kept = trash.findAny().orElseThrow().resolve("data/kafka-form");
      assertEquals("steady", Files.readString(kept));
      assertTrue(result.output().contains(kept.getParent().getParent().toString()), result::output);
    }
  }

  private record Result(int code, String output) {

    List<String> lines() {
      return output.lines().toList();
    }
  }

  private Result run(String... command) throws IOException, InterruptedException {
    return answering("", command);
  }

  private Result answering(String input, String... command)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("/usr/bin/env", "-i", "LANG=C"));
    all.add("PATH=" + folder.resolve("bin") + ":/usr/bin:/bin");
    all.add("JAVA_HOME=" + folder.resolve("jdk"));
    all.add(root.resolve("deploy").resolve(command[0]).toString());
    all.addAll(List.of(command).subList(1, command.length));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try (var in = process.outputWriter(UTF_8)) {
      in.write(input);
    }
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), () -> String.join(" ", all));
    return new Result(process.exitValue(), Files.readString(output));
  }

  /** A process that is known by its command line, as deploy/up is. */
  private void runVigie() throws IOException {
    Process vigie =
        new ProcessBuilder("/bin/bash", "-c", "exec -a vigie.stack.cli.StackCli sleep 1000")
            .start();
    started.add(vigie.toHandle());
    Path line = Path.of("/proc", Long.toString(vigie.pid()), "cmdline");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Files.readString(line).startsWith("vigie.stack.cli.StackCli\0"));
    Files.writeString(root.resolve(".vigie/up.pid"), Long.toString(vigie.pid()));
  }

  private void touchSource() throws IOException {
    for (String module : List.of("deploy/issuer", "deploy/operator", "deploy/local-stack")) {
      Path source = root.resolve(module).resolve("src/main/java/Changed.java");
      Files.createDirectories(source.getParent());
      Files.createFile(source);
    }
  }

  private void built(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
  }

  private void copy(String name) throws IOException {
    Path target = root.resolve(name);
    Files.createDirectories(target.getParent());
    Files.copy(WorkingCopy.root().resolve(name), target, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private void script(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
