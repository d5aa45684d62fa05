// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.ports;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.WorkingCopy;

/**
 * The port of each part: fixed ones for people, free ones for tests.
 *
 * @param hosts of the parts that do not run on the loopback interface
 */
public record Ports(Map<Port, Integer> numbers, Map<Port, Host> hosts) {

  public Ports {
    numbers = Map.copyOf(numbers);
    hosts = Map.copyOf(hosts);
  }

  public Ports(Map<Port, Integer> numbers) {
    this(numbers, Map.of());
  }

  /** The ports of {@code config/ports.env}. */
  public static Ports fixed() {
    return read(WorkingCopy.config("ports.env"));
  }

  static Ports read(Path file) {
    return read(file, Map.of());
  }

  /**
   * @param others ports for the parts that the file does not know
   */
  static Ports read(Path file, Map<Port, Integer> others) {
    Properties lines = new Properties();
    others.forEach((port, number) -> lines.setProperty(port.key(), number.toString()));
    try (Reader reader = Files.newBufferedReader(file)) {
      lines.load(reader);
    } catch (IOException e) {
      throw new StackException("The ports cannot be read from " + file + ": " + e.getMessage(), e);
    }
    Map<Port, Integer> numbers = new EnumMap<>(Port.class);
    for (Port port : Port.values()) {
      String number = lines.getProperty(port.key());
      if (number == null || !number.strip().matches("[1-9]\\d{0,4}")) {
        throw new StackException("%s must give %s a port number".formatted(file, port.key()));
      }
      numbers.put(port, Integer.valueOf(number.strip()));
    }
    return new Ports(numbers);
  }

  /** Free ports of this JVM's range, see {@link PortRange}. */
  public static Ports ephemeral() {
    Map<Port, Integer> numbers = new EnumMap<>(Port.class);
    for (Port port : Port.values()) {
      numbers.put(port, free());
    }
    return new Ports(numbers);
  }

  /** One free port of this JVM's range, for a process that {@link Port} does not list. */
  public static int free() {
    return PortRange.ofThisJvm().next(Ports::isFree);
  }

  /** The same ports, with these parts on hosts of their own. */
  public Ports on(Map<Port, Host> others) {
    return new Ports(numbers, others);
  }

  public int of(Port port) {
    return numbers.get(port);
  }

  public Host host(Port port) {
    return hosts.getOrDefault(port, Host.LOOPBACK);
  }

  /** {@code <host>:<port>}. */
  public String address(Port port) {
    return host(port).address() + ":" + of(port);
  }

  /** The text of a configuration for the loopback interface, with the address of each part. */
  public String withHosts(String text) {
    String result = text;
    for (Port port : hosts.keySet()) {
      String local = Pattern.quote(Host.LOOPBACK.address() + ":" + of(port)) + "\\b";
      result = result.replaceAll(local, address(port));
    }
    return result;
  }

  /** {@code http://<host>:<port><path>}. */
  public String url(Port port, String path) {
    return "http://" + address(port) + path;
  }

  /** Whether something accepts connections there. */
  public boolean answers(Port port) {
    try (Socket socket = new Socket(host(port).address(), of(port))) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Fails with one line that names the first taken port, the part that needs it and its owner. */
  public void requireFree(Set<Port> wanted) {
    for (Port port : wanted) {
      if (!isFree(of(port))) {
        String owner = PortOwner.of(of(port)).map(o -> "process " + o).orElse("another process");
        throw new StackException(
            "%s needs port %d, which %s holds: end that process, or change %s in config/ports.env"
                .formatted(port.part(), of(port), owner, port.key()));
      }
    }
  }

  /** For the templates of {@code config/}: {@code KAFKA_PORT} and so on. */
  public Map<String, String> variables() {
    return numbers.entrySet().stream()
        .collect(Collectors.toMap(e -> e.getKey().key(), e -> e.getValue().toString()));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
