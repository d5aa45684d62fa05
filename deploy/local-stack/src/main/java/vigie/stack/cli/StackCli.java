// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import vigie.command.Commands;
import vigie.stack.AccessMode;
import vigie.stack.StackOptions;
import vigie.stack.VigieStack;
import vigie.stack.hdfs.HdfsTopology;
import vigie.stack.kafka.KafkaTopology;
import vigie.stack.ports.PersistedPorts;
import vigie.stack.redis.RedisTopology;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

/** Starts the whole of Vigie for a person, and keeps it until Ctrl-C. */
@Command(
    name = "deploy/up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Builds what changed, starts every real system (Kafka, Redis, HDFS, PostgreSQL), the four",
      "services, the analytics and a modest stream of simulated laptops, and prints the URLs as"
          + " soon",
      "as their pages answer. Everything runs until Ctrl-C or deploy/down.",
      "",
      "A part that is slow is waited for as long as it works, with a line each 30 s. A part that",
      "fails ends no other one, except Kafka, without which nothing works. A service that dies is",
      "started again after 1, 2, 4, 8 s, and left when it dies 5 times in 10 minutes.",
      ""
    },
    footer = {
      "",
      "Data, logs and unpacked programs are in .vigie/; deploy/down --clean deletes the data."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"1:Vigie could not be started", "2:the arguments are wrong"})
public final class StackCli implements Callable<Integer> {

  private static final int MOST_WORKERS = 99;

  @Spec private CommandSpec spec;

  @Option(names = "--no-students", description = "Without simulated laptops.")
  private boolean noStudents;

  @Option(
      names = "--free-ports",
      description = "On free ports instead of those of config/ports.env.")
  private boolean freePorts;

  @Option(
      names = "--kafka",
      paramLabel = "FORM",
      defaultValue = "kraft-minimal",
      description = {
        "kraft-minimal (the default): one process;",
        "minimal: one broker, one ZooKeeper;",
        "kraft-steady: five brokers, three controllers;",
        "steady: five brokers, three ZooKeeper.",
        "Data stays with the form that wrote it."
      })
  private KafkaTopology kafka;

  @Option(
      names = "--redis",
      paramLabel = "FORM",
      defaultValue = "replication",
      description = {
        "replication (the default): one primary, two replicas;",
        "sentinel: three Sentinels replace a primary that fails."
      })
  private RedisTopology redis;

  @Option(
      names = "--hdfs",
      paramLabel = "FORM",
      defaultValue = "minimal",
      description = {
        "minimal (the default): one NameNode, one DataNode;",
        "steady: two NameNodes, three JournalNodes, three",
        "DataNodes, and failover. Each form has data of its own."
      })
  private HdfsTopology hdfs;

  @Option(
      names = "--spark-workers",
      paramLabel = "N",
      description = {
        "N processes do the work of the analytics, with a processor",
        "each. Without it the analytics' own process does it."
      })
  private int sparkWorkers;

  @Option(
      names = "--open",
      description = "No token is asked for, see deploy/token: all may do everything.")
  private boolean open;

  @Option(
      names = "--secure",
      description = {
        "Kafka, Redis, PostgreSQL and HDFS admit the parts only,",
        "each to do its work; Kafka in a kraft form. Data stays with it."
      })
  private boolean secure;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description = {
        "After this time, such as 90s or 5m, what is late is named,",
        "and the start is given up if that is Kafka."
      })
  private Optional<Duration> bound = Optional.empty();

  @Option(names = "--folder", hidden = true, description = "Instead of .vigie.")
  private Optional<Path> folder = Optional.empty();

  public static void main(String[] arguments) {
    System.exit(command().execute(arguments));
  }

  static CommandLine command() {
    return Commands.complete(new CommandLine(new StackCli()))
        .registerConverter(KafkaTopology.class, name -> find(KafkaTopology::parse, name))
        .registerConverter(RedisTopology.class, name -> find(RedisTopology::parse, name))
        .registerConverter(HdfsTopology.class, name -> find(HdfsTopology::parse, name));
  }

  private static <F> F find(Function<String, F> form, String name) {
    try {
      return form.apply(name);
    } catch (StackException unknown) {
      throw new TypeConversionException(unknown.getMessage());
    }
  }

  @Override
  public Integer call() throws IOException {
    require(
        !secure || !kafka.hasZooKeeper(), "--secure needs --kafka kraft-minimal or kraft-steady");
    require(
        sparkWorkers >= 0 && sparkWorkers <= MOST_WORKERS,
        "--spark-workers is a number up to " + MOST_WORKERS);
    require(bound.isEmpty() || bound.get().toSeconds() > 0, "--wait has to be a second or more");
    Console console = new Console(System.out);
    StackOptions people = StackOptions.forPeople();
    StackOptions options = folder.map(path -> people.in(new StackFolder(path))).orElse(people);
    PidFile pidFile = PidFile.set(options.folder());
    VigieStack stack = new VigieStack(withPorts(chosen(options)), console);
    new ForegroundStack(stack, pidFile, console, !open, bound).run();
    return 0;
  }

  private StackOptions chosen(StackOptions options) {
    StackOptions chosen =
        (noStudents ? options.withoutStudents() : options)
            .withRedis(redis)
            .withKafka(kafka)
            .withHdfs(hdfs)
            .withSparkWorkers(sparkWorkers)
            .withAccess(open ? AccessMode.OPEN : AccessMode.TOKENS);
    return secure ? chosen.secured() : chosen;
  }

  /** Notes them, too: so this comes after the mark that no other process runs here. */
  private StackOptions withPorts(StackOptions options) {
    PersistedPorts kept = new PersistedPorts(options.folder());
    return options.withPorts(freePorts ? kept.free() : kept.fixed());
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}
