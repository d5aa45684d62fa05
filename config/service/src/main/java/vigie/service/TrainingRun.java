// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * The run of a service that its build records for the JVM: the classes that it loads, and how often
 * it calls which method. It starts the service, requests the paths that are given, and ends. Where
 * Quarkus records by itself, it ends the run before a port is open, and half of the classes are
 * missing. The settings of the run, see pom.xml, name addresses at which no system listens.
 */
public final class TrainingRun {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final String GET = "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  private static final String POST =
      "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
          + "Content-Length: 2\r\n\r\n{}";

  private TrainingRun() {}

  /**
   * Runs the application of the class path.
   *
   * @param arguments the paths; what Quarkus adds for a run of its own is ignored
   */
  public static void main(String[] arguments) throws Exception {
    List<String> paths = Arrays.stream(arguments).filter(path -> path.startsWith("/")).toList();
    int http = freePort("quarkus.http.port");
    int management = freePort("quarkus.management.port");
    Thread client =
        new Thread(() -> Quarkus.asyncExit(requests(paths, http, management)), "training");
    client.setDaemon(true);
    client.start();
    try (JarFile application = new JarFile(System.getProperty("java.class.path"))) {
      Attributes manifest = application.getManifest().getMainAttributes();
      Class.forName(manifest.getValue(Attributes.Name.MAIN_CLASS))
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    }
  }

  /** The exit code. A service without a port for management answers its paths at the other. */
  private static int requests(List<String> paths, int http, int management) {
    try {
      await(http);
      for (String path : paths) {
        send(http, GET.formatted(path));
        send(http, POST.formatted(path));
      }
      int health = listens(management) ? management : http;
      for (String path : List.of("/q/health/live", "/q/health/ready", "/q/metrics")) {
        send(health, GET.formatted(path));
      }
      return 0;
    } catch (IOException | InterruptedException e) {
      return 1;
    }
  }

  private static int freePort(String property) throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      System.setProperty(property, Integer.toString(any.getLocalPort()));
      return any.getLocalPort();
    }
  }

  private static void await(int port) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!listens(port) && System.nanoTime() < end) {
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static void send(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      var unused = socket.getInputStream().readAllBytes();
    }
  }
}
