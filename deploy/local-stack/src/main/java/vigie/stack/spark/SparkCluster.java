// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ChildProcess;
import vigie.stack.process.Condition;
import vigie.stack.process.Http;
import vigie.stack.process.JitMode;
import vigie.stack.process.JvmCommand;
import vigie.stack.process.ManagedProcess;
import vigie.stack.process.ServiceProcess;
import vigie.stack.workspace.StackFolder;

/**
 * Spark's standalone cluster: a master, and workers with one processor each. No distribution of
 * Spark is needed, for all that it is made of is in the class path of analytics-job, and so is what
 * executors need of that job.
 */
public final class SparkCluster implements AutoCloseable {

  private static final Path JOB = Path.of("analytics-job");
  private static final String MASTER = "org.apache.spark.deploy.master.Master";
  private static final String WORKER = "org.apache.spark.deploy.worker.Worker";
  private static final String HEAP = "128m";

  /** Of a worker's one executor. */
  private static final String EXECUTOR_HEAP = "600m";

  private static final Pattern ALIVE = Pattern.compile("\"aliveworkers\" : (\\d+)");

  private final StackFolder folder;
  private final Ports ports;
  private final ManagedProcess master;
  private final List<ManagedProcess> workers;

  /** One of its processes. */
  private record Daemon(ChildProcess process, Condition ready) implements ManagedProcess {

    @Override
    public boolean isReady() throws Exception {
      return ready.holds();
    }
  }

  public SparkCluster(StackFolder folder, Ports ports, int workers) {
    this.folder = folder;
    this.ports = ports;
    this.master =
        daemon(
            "spark-master",
            List.of(
                MASTER,
                "--port",
                Integer.toString(ports.of(Port.SPARK_MASTER)),
                "--webui-port",
                Integer.toString(ports.of(Port.SPARK_MASTER_UI))),
            () -> Http.get(page()).statusCode() == 200);
    this.workers =
        IntStream.rangeClosed(1, workers)
            .mapToObj(number -> worker("spark-worker-" + number))
            .toList();
  }

  /** A running cluster of its own, with free ports, for a test. */
  public static SparkCluster startIn(Path folder, int workers) {
    SparkCluster spark = new SparkCluster(new StackFolder(folder), Ports.ephemeral(), workers);
    spark.parts().forEach(ManagedProcess::killWhenClosed);
    spark.start();
    return spark;
  }

  /** What a driver is told so that this cluster does its work. */
  public Map<String, String> environment() {
    return Map.of("VIGIE_ANALYTICS_MASTER", url(), "SPARK_EXECUTOR_MEMORY", EXECUTOR_HEAP);
  }

  public List<ManagedProcess> workers() {
    return workers;
  }

  /** Returns once the master knows all workers. */
  public void start() {
    gatherLibraries();
    for (ManagedProcess part : parts()) {
      if (!part.process().isAlive()) {
        part.start();
        part.awaitReady();
      }
    }
  }

  /** SIGKILL for all, executors included. */
  public void kill() {
    parts().forEach(ManagedProcess::kill);
  }

  @Override
  public void close() {
    parts().forEach(ManagedProcess::close);
  }

  public List<ManagedProcess> parts() {
    List<ManagedProcess> parts = new ArrayList<>(List.of(master));
    parts.addAll(workers);
    return parts;
  }

  private ManagedProcess worker(String name) {
    return daemon(
        name,
        List.of(
            WORKER,
            "--cores",
            "1",
            "--memory",
            EXECUTOR_HEAP,
            "--work-dir",
            home().resolve(name).toString(),
            "--webui-port",
            "0",
            url()),
        this::knowsAllThatRun);
  }

  private boolean knowsAllThatRun() throws IOException, InterruptedException {
    Matcher alive = ALIVE.matcher(Http.get(page()).body());
    long running = workers.stream().filter(worker -> worker.process().isAlive()).count();
    return alive.find() && Long.parseLong(alive.group(1)) == running;
  }

  private ManagedProcess daemon(String name, List<String> program, Condition ready) {
    List<String> arguments = new ArrayList<>(program);
    arguments.addAll(1, List.of("--host", "127.0.0.1"));
    Map<String, String> environment = new HashMap<>();
    environment.put("SPARK_HOME", home().toString());
    environment.put("SPARK_SCALA_VERSION", "2.13");
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("SPARK_LOCAL_DIRS", home().resolve("local").toString());
    // The only way to reach the executors, which workers start: those inherit it.
    environment.put("JAVA_TOOL_OPTIONS", String.join(" ", executorOptions()));
    List<String> options =
        List.of(
            "-Dspark.ui.killEnabled=false", "-cp", home().resolve("jars") + File.separator + "*");
    List<String> command = JvmCommand.command(HEAP, JitMode.QUICK, options, arguments);
    return new Daemon(new ChildProcess(name, folder.log(name), environment, command), ready);
  }

  private static List<String> executorOptions() {
    List<String> options = new ArrayList<>(JitMode.FULL.options());
    options.add("-XX:+UseSerialGC");
    return options;
  }

  /** Where a worker looks for what its executors are made of. */
  private void gatherLibraries() {
    Path jars = home().resolve("jars");
    try {
      Files.createDirectories(jars);
      for (String library : ServiceProcess.classPath(JOB).split(File.pathSeparator, -1)) {
        Path link = jars.resolve(Path.of(library).getFileName());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(library));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path home() {
    return folder.data("spark");
  }

  private String url() {
    return "spark://" + ports.address(Port.SPARK_MASTER);
  }

  private String page() {
    return ports.url(Port.SPARK_MASTER_UI, "/json/");
  }
}
