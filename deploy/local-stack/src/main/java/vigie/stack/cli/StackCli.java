// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
import vigie.stack.StackOptions;
import vigie.stack.VigieStack;
import vigie.stack.hdfs.HdfsTopology;
import vigie.stack.kafka.KafkaTopology;
import vigie.stack.ports.PersistedPorts;
import vigie.stack.process.ServiceForm;
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
      "A component that is slow is waited for as long as it works, with a line each 30 s. One that",
      "fails ends no other one, except Kafka, without which nothing works. One that dies is started",
      "again after 1, 2, 4, 8 s, and left when it dies 5 times in 10 minutes.",
      "",
      "The options stay with the data: without options the last start is repeated. An option that",
      "does not fit the data is refused.",
      ""
    },
    footer = {"", "Data, logs and unpacked programs are in .vigie/."},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"1:Vigie could not be started", "2:the arguments are wrong"})
public final class StackCli implements Callable<Integer> {

  private static final int MOST_WORKERS = 99;

  @Spec private CommandSpec spec;

  @Option(
      names = "--students",
      negatable = true,
      description = {
        "With simulated laptops: a new folder starts with them,",
        "and data written without them never gets any."
      })
  private Boolean students;

  @Option(
      names = "--free-ports",
      description = "On free ports instead of those of config/ports.env.")
  private Boolean freePorts;

  @Option(
      names = "--kafka",
      paramLabel = "FORM",
      description = {
        "kraft-minimal (of a new folder): one process;",
        "minimal: one broker, one ZooKeeper;",
        "kraft-steady: five brokers, three controllers;",
        "steady: five brokers, three ZooKeeper."
      })
  private Optional<KafkaTopology> kafka = Optional.empty();

  @Option(
      names = "--redis",
      paramLabel = "FORM",
      description = {
        "replication (of a new folder): one primary, two replicas;",
        "sentinel: three Sentinels replace a primary that fails."
      })
  private Optional<RedisTopology> redis = Optional.empty();

  @Option(
      names = "--hdfs",
      paramLabel = "FORM",
      description = {
        "minimal (of a new folder): one NameNode, one DataNode;",
        "steady: two NameNodes, three JournalNodes, three DataNodes."
      })
  private Optional<HdfsTopology> hdfs = Optional.empty();

  @Option(
      names = "--spark-workers",
      paramLabel = "N",
      description = {
        "N processes do the work of the analytics, with a processor",
        "each; with 0 the analytics' own process does it."
      })
  private Optional<Integer> sparkWorkers = Optional.empty();

  @Option(
      names = "--open",
      negatable = true,
      description = "No token is asked for, see deploy/token: all may do everything.")
  private Boolean open;

  @Option(
      names = "--secure",
      negatable = true,
      description = {
        "Kafka, Redis, PostgreSQL and HDFS admit the components",
        "only, each to do its work; Kafka in a kraft form."
      })
  private Boolean secure;

  @Option(
      names = "--native",
      description = {
        "This time with the native images of the services that",
        "have one; they have to be built."
      })
  private boolean images;

  @Option(
      names = "--accept-clock",
      description = "Although the clock is far from the time of the data.")
  private boolean acceptClock;

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
        sparkWorkers.orElse(0) >= 0 && sparkWorkers.orElse(0) <= MOST_WORKERS,
        "--spark-workers is a number up to " + MOST_WORKERS);
    require(bound.isEmpty() || bound.get().toSeconds() > 0, "--wait has to be a second or more");
    StackOptions people = StackOptions.forPeople();
    StackOptions options = folder.map(path -> people.in(new StackFolder(path))).orElse(people);
    StartOptions chosen = chosen(new PersistedOptions(options.folder()));
    require(
        !chosen.secure() || !chosen.kafka().hasZooKeeper(),
        "--secure needs --kafka kraft-minimal or kraft-steady");
    PidFile pidFile = PidFile.set(options.folder());
    if (!acceptClock) {
      new DataClock(options.folder()).require(Instant.now());
    }
    // Read again, now that no other process can change it.
    PersistedOptions persisted = new PersistedOptions(options.folder());
    Map<String, String> versions = StoreVersions.installed(chosen.kafka());
    persisted.require(chosen, versions);
    persisted.record(chosen, versions);
    Console console = new Console(System.out, options.folder().log("up"));
    console.say("starts as by " + chosen.commandLine());
    if (images) {
      System.setProperty(ServiceForm.NATIVE, "true");
    }
    VigieStack stack = new VigieStack(withPorts(chosen.of(options), chosen), console);
    new ForegroundStack(stack, options.folder(), pidFile, console, !chosen.open(), bound).run();
    return 0;
  }

  /** What is typed, and of the rest what the last start had. */
  private StartOptions chosen(PersistedOptions persisted) throws IOException {
    StartOptions last = persisted.last().orElse(StartOptions.FIRST);
    return new StartOptions(
        students == null ? last.students() : students,
        freePorts == null ? last.freePorts() : freePorts,
        kafka.orElse(last.kafka()),
        redis.orElse(last.redis()),
        hdfs.orElse(last.hdfs()),
        sparkWorkers.orElse(last.sparkWorkers()),
        open == null ? last.open() : open,
        secure == null ? last.secure() : secure);
  }

  /** Records them, too: so this comes after the mark that no other process runs here. */
  private static StackOptions withPorts(StackOptions options, StartOptions chosen) {
    PersistedPorts kept = new PersistedPorts(options.folder());
    return options.withPorts(chosen.freePorts() ? kept.free() : kept.fixed());
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}
