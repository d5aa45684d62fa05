// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts the whole of Vigie for a person, and keeps it until Ctrl-C. */
public final class Up {

  private static final Set<String> SWITCHES =
      Set.of("--no-students", "--free-ports", "--open", "--secure");

  private final boolean students;
  private final boolean freePorts;
  private final Access access;
  private final boolean secure;
  private final RedisForm redis;
  private final KafkaForm kafka;
  private final HdfsForm hdfs;
  private final int sparkWorkers;
  private final Console console = new Console(System.out);
  private final CountDownLatch stopping = new CountDownLatch(1);

  private Up(List<String> arguments) {
    Set<String> switches = new HashSet<>();
    RedisForm redisForm = RedisForm.REPLICATION;
    KafkaForm kafkaForm = KafkaForm.KRAFT_MINIMAL;
    HdfsForm hdfsForm = HdfsForm.MINIMAL;
    int workers = 0;
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String argument = rest.next();
      if (argument.equals("--redis") && rest.hasNext()) {
        redisForm = RedisForm.parse(rest.next());
      } else if (argument.equals("--kafka") && rest.hasNext()) {
        kafkaForm = KafkaForm.parse(rest.next());
      } else if (argument.equals("--hdfs") && rest.hasNext()) {
        hdfsForm = HdfsForm.parse(rest.next());
      } else if (argument.equals("--spark-workers") && rest.hasNext()) {
        workers = parseWorkers(rest.next());
      } else if (SWITCHES.contains(argument)) {
        switches.add(argument);
      } else {
        throw new PartFailure("unknown option " + argument + "; see --help");
      }
    }
    this.students = !switches.contains("--no-students");
    this.freePorts = switches.contains("--free-ports");
    this.access = switches.contains("--open") ? Access.OPEN : Access.TOKENS;
    this.secure = switches.contains("--secure");
    this.redis = redisForm;
    this.kafka = kafkaForm;
    this.hdfs = hdfsForm;
    this.sparkWorkers = workers;
  }

  private static int parseWorkers(String number) {
    if (!number.matches("\\d{1,2}")) {
      throw new PartFailure("--spark-workers is a number up to 99, not " + number);
    }
    return Integer.parseInt(number);
  }

  public static void main(String[] arguments) throws IOException {
    try {
      new Up(List.of(arguments)).run();
    } catch (PartFailure failure) {
      System.err.println("up: " + failure.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException {
    Options people = Options.forPeople();
    RunningMark mark = RunningMark.set(people.folder());
    KeptPorts kept = new KeptPorts(people.folder());
    Options options =
        (students ? people : people.withoutStudents())
            .withPorts(freePorts ? kept.free() : kept.fixed())
            .withRedis(redis)
            .withKafka(kafka)
            .withHdfs(hdfs)
            .withSparkWorkers(sparkWorkers)
            .withAccess(access);
    VigieStack stack = new VigieStack(secure ? options.secured() : options, console);
    // Ctrl-C and SIGTERM end this process by way of this hook, which ends the parts before it.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndTell(stack, mark), "stop"));
    try {
      stack.start();
    } catch (PartFailure failure) {
      // When the start was given up by Ctrl-C, what it breaks is no news.
      if (stop(stack, mark)) {
        throw failure;
      }
    }
    if (stopping.getCount() > 0) {
      console.pages(stack);
      if (access == Access.TOKENS) {
        console.say("  sign in with what `deploy/token admin me` prints");
        console.say("");
      }
      console.say("ready in " + secondsSinceStart() + " s; Ctrl-C or deploy/down stops it");
      tellOfDeaths(stack);
    }
  }

  private void stopAndTell(VigieStack stack, RunningMark mark) {
    if (stop(stack, mark)) {
      console.say("stopped");
    }
  }

  /** False when another thread stopped everything already. */
  private synchronized boolean stop(VigieStack stack, RunningMark mark) {
    if (stopping.getCount() == 0) {
      return false;
    }
    stopping.countDown();
    stack.close();
    mark.close();
    return true;
  }

  private void tellOfDeaths(VigieStack stack) {
    Set<Part> told = new HashSet<>();
    try {
      while (!stopping.await(500, TimeUnit.MILLISECONDS)) {
        for (Part part : stack.parts()) {
          if (part.process().diedByItself() && told.add(part)) {
            console.say(
                "%s died with exit code %d; the rest runs on; read its log %s"
                    .formatted(part.name(), part.process().exitCode(), part.process().log()));
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long secondsSinceStart() {
    return ManagementFactory.getRuntimeMXBean().getUptime() / 1_000;
  }
}
