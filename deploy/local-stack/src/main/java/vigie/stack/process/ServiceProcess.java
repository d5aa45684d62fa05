// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;
import vigie.stack.workspace.WorkingCopy;

/** One of our own processes, run from where the build put it. */
public final class ServiceProcess implements ManagedProcess {

  /** What the names of settings of Vigie's own programs begin with. */
  private static final List<String> SETTINGS = List.of("VIGIE_", "QUARKUS_", "MP_JWT_");

  private final ChildProcess process;
  private final Condition ready;

  private ServiceProcess(ChildProcess process, Condition ready) {
    this.process = process;
    this.ready = ready;
  }

  /**
   * A Quarkus service in its {@link ServiceForm}; ready when its readiness check and all the given
   * pages answer 200.
   *
   * @param environment what it is told beside where it listens
   */
  public static ServiceProcess quarkus(
      Port port,
      Ports ports,
      StackFolder folder,
      Map<String, String> environment,
      String... pages) {
    return quarkus(JitMode.FULL, port, ports, folder, environment, pages);
  }

  /** As {@link #quarkus(Port, Ports, Folder, Map, String...)}, for a test that measures speed. */
  public static ServiceProcess quarkus(
      JitMode jit,
      Port port,
      Ports ports,
      StackFolder folder,
      Map<String, String> environment,
      String... pages) {
    String name = port.part();
    List<String> urls = new ArrayList<>(List.of(ports.url(port.management(), "/q/health/ready")));
    for (String page : pages) {
      urls.add(ports.url(port, page));
    }
    return new ServiceProcess(
        new ChildProcess(
            name,
            folder.log(name),
            listening(port, ports, environment),
            ports.host(port).running(ServiceForm.of(name).command(name, jit))),
        () -> allAnswer(urls));
  }

  private static Map<String, String> listening(
      Port port, Ports ports, Map<String, String> environment) {
    Map<String, String> all = withSettings(environment);
    all.put("QUARKUS_HTTP_HOST", ports.host(port).address());
    all.put("QUARKUS_HTTP_PORT", Integer.toString(ports.of(port)));
    if (port.management() != port) {
      all.put("QUARKUS_MANAGEMENT_HOST", ports.host(port.management()).address());
      all.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(ports.of(port.management())));
    }
    return all;
  }

  /** An operator may set what the stack does not. */
  private static Map<String, String> withSettings(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(System.getenv());
    all.keySet().removeIf(name -> SETTINGS.stream().noneMatch(name::startsWith));
    all.putAll(environment);
    return all;
  }

  /** A job that is a plain jar; {@code module} is its folder. */
  public static ServiceProcess job(
      Path module,
      String main,
      String heap,
      StackFolder folder,
      Map<String, String> environment,
      List<String> arguments,
      Condition ready) {
    return job(module, main, heap, JitMode.FULL, folder, environment, arguments, ready);
  }

  /** As {@link #job(Path, String, String, Folder, Map, List, Condition)}. */
  public static ServiceProcess job(
      Path module,
      String main,
      String heap,
      JitMode jit,
      StackFolder folder,
      Map<String, String> environment,
      List<String> arguments,
      Condition ready) {
    String name = module.getFileName().toString();
    Path root = WorkingCopy.root().resolve(module);
    List<String> options = new ArrayList<>();
    Path more = root.resolve("jvm-options");
    if (Files.exists(more)) {
      options.add("@" + more);
    }
    List<String> command =
        JvmCommand.program(heap, jit, options, classPath(module), main, arguments);
    return new ServiceProcess(
        new ChildProcess(name, folder.log(name), withSettings(environment), command), ready);
  }

  @Override
  public ChildProcess process() {
    return process;
  }

  @Override
  public boolean isReady() throws Exception {
    return ready.holds();
  }

  /** True when every page answers 200; else an exception that says which did not. */
  public static boolean allAnswer(List<String> urls) throws IOException, InterruptedException {
    for (String url : urls) {
      HttpResponse<String> response = Http.get(url);
      if (response.statusCode() != 200) {
        throw new IOException(url + " answers " + response.statusCode() + " " + response.body());
      }
    }
    return true;
  }

  /** What the build says that a job, {@code module}, is made of. */
  public static String classPath(Path module) {
    String name = module.getFileName().toString();
    Path target = WorkingCopy.root().resolve(module).resolve("target");
    Path jar = built(name, target.resolve(name + "-0.1.0-SNAPSHOT.jar"));
    try {
      String others = Files.readString(built(name, target.resolve("classpath"))).strip();
      return jar + File.pathSeparator + others;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path built(String name, Path file) {
    if (!Files.exists(file)) {
      throw new StackException(
          "%s is not built (%s is missing): run mvn package -DskipTests".formatted(name, file));
    }
    return file;
  }
}
