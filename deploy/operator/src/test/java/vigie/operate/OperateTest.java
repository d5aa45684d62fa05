// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.command.UnknownNameException;

class OperateTest {

  /** Broker 3 has a copy and is not there. */
  private final Cluster cluster =
      new Cluster(
          new TreeMap<>(Map.of(1, "rack-1", 2, "rack-2")),
          1,
          List.of(
              new Copies(new TopicPartition("vigie.results", 0), List.of(1, 3), List.of(1), 1, 1)));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aBrokerThatIsThereOrHasCopiesIsKnown(int broker) {
    assertDoesNotThrow(() -> Operate.requireKnown(broker, cluster));
  }

  @Test
  void aBrokerThatWasNeverThereIsUnknown() {
    var refusal = assertThrows(UnknownNameException.class, () -> Operate.requireKnown(9, cluster));

    assertEquals("there is no broker 9; the brokers are [1, 2, 3]", refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"drain", "drain one", "safe-to-restart 1 --patience soon", "restart"})
  void wrongArgumentsAreNotAsked(String arguments) {
    StringWriter err = new StringWriter();

    int code =
        Operate.commandLine(System.out)
            .setErr(new PrintWriter(err, true))
            .execute(arguments.split(" "));

    assertEquals(2, code);
    assertTrue(err.toString().startsWith("operate: "), err::toString);
  }
}
