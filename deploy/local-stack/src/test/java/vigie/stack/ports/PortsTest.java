// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.ports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

class PortsTest {

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<Port, Integer> numbers = new EnumMap<>(Ports.ephemeral().numbers());
      numbers.put(Port.POSTGRESQL, other.getLocalPort());

      var failure =
          assertThrows(
              StackException.class,
              () -> new Ports(numbers).requireFree(EnumSet.allOf(Port.class)));

      String line = failure.getMessage();
      assertTrue(line.startsWith("postgresql needs port " + other.getLocalPort()), line);
      assertTrue(line.contains("POSTGRESQL_PORT in config/ports.env"), line);
      assertTrue(line.contains("process " + ProcessHandle.current().pid() + " "), line);
    }
  }

  @Test
  void dataKeepsThePortsThatItWasWrittenWith(@TempDir Path folder) {
    PersistedPorts kept = new PersistedPorts(new StackFolder(folder));
    Ports chosen = kept.free();

    assertEquals(chosen, kept.free());
    var failure = assertThrows(StackException.class, kept::fixed);
    assertTrue(failure.getMessage().contains("port " + chosen.of(Port.NAMENODE)));
  }

  @Test
  void aPortComesAgainOnlyAfterAllOthersOfTheRange() {
    PortRange range = PortRange.parse("20001-20004");

    Set<Integer> round = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      round.add(range.next(port -> true));
    }

    assertEquals(Set.of(20_001, 20_002, 20_003, 20_004), round);
    assertEquals(20_003, range.next(port -> port == 20_003));
    assertThrows(StackException.class, () -> range.next(port -> false));
  }

  @Test
  void aRangeThatIsNoneIsRefused() {
    for (String range : Set.of("", "20000", "20001-20000", "60000-70000")) {
      assertThrows(StackException.class, () -> PortRange.parse(range));
    }
  }

  @Test
  void everyPartHasAPortOfItsOwn() {
    for (Ports ports : Set.of(Ports.fixed(), Ports.ephemeral())) {
      assertEquals(EnumSet.allOf(Port.class), ports.numbers().keySet());
      assertEquals(Port.values().length, new HashSet<>(ports.numbers().values()).size());
    }
  }

  @Test
  void aPartOnAnotherHostIsReachedThere() {
    Map<Port, Integer> numbers = new EnumMap<>(Ports.fixed().numbers());
    numbers.put(Port.KAFKA, 9092);
    numbers.put(Port.KAFKA_2, 19_092);
    Host host = new Host("10.1.2.3", List.of("ip", "netns", "exec", "h"));
    Ports ports = new Ports(numbers).on(Map.of(Port.KAFKA, host));

    assertEquals("10.1.2.3:9092", ports.address(Port.KAFKA));
    assertEquals("127.0.0.1:19092", ports.address(Port.KAFKA_2));
    assertEquals(
        "a=10.1.2.3:9092,127.0.0.1:19092,127.0.0.1:90921",
        ports.withHosts("a=127.0.0.1:9092,127.0.0.1:19092,127.0.0.1:90921"));
    assertEquals(List.of("ip", "netns", "exec", "h", "x"), host.running(List.of("x")));
  }
}
