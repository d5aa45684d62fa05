// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vigie.stack.ports.Ports;

/** The built jar, started as an operator would. */
final class JobProcess implements AutoCloseable {

  private final int port = Ports.free();
  private final Process process;

  JobProcess(Map<String, String> environment, Path log, String... arguments) throws IOException {
    Map<String, String> settings = new TreeMap<>(environment);
    settings.put("VIGIE_ANALYTICS_HTTP_PORT", Integer.toString(port));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@jvm-options",
                // It lives briefly.
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("analytics.jar")
                    + File.pathSeparator
                    + Files.readString(Path.of("target/classpath")).strip(),
                "vigie.analytics.AnalyticsJob"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(settings);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    process = builder.start();
  }

  int status(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  Duration cpuTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM. */
  int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
