// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Units in a process of their own, since a process may open only so many files. It does what the
 * lines of its standard input say, answers each with one line, and ends with its input.
 */
final class PatrolsProcess {

  private static final Duration TIMEOUT = Duration.ofSeconds(90);

  private PatrolsProcess() {}

  /**
   * Runs until its input ends.
   *
   * @param arguments the server's port on loopback, the protocol, the number of this process
   */
  public static void main(String[] arguments) throws IOException {
    InetSocketAddress server =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
    try (Patrols patrols =
        new Patrols(
            server,
            WireProtocol.valueOf(arguments[1]),
            Integer.parseInt(arguments[2]),
            (alert, nanos) -> {})) {
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        System.out.println(answer(patrols, order.split(" ", -1)));
      }
    }
  }

  /** The instant at which it was done, nanoseconds, or why it could not be done. */
  private static String answer(Patrols patrols, String[] order) {
    try {
      return Long.toString(
          switch (order[0]) {
            case "connect" ->
                patrols.connect(Integer.parseInt(order[1]), unit -> order[2], TIMEOUT);
            case "await" ->
                patrols.await(Integer.parseInt(order[1]), Integer.parseInt(order[2]), TIMEOUT);
            case "acknowledge" -> acknowledge(patrols);
            case "part" -> part(patrols);
            default -> throw new IOException("There is no order " + order[0]);
          });
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static long acknowledge(Patrols patrols) throws IOException {
    patrols.acknowledge();
    return System.nanoTime();
  }

  private static long part(Patrols patrols) throws IOException {
    patrols.part();
    return System.nanoTime();
  }
}
