// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The service closes connections that it has not let in, and keeps those of units. */
@Order(AlertStack.IMPATIENT)
class ConnectionsIT {

  private static final int OF_A_KIND = 50;

  private final AlertStack stack = AlertStack.impatient();

  @Test
  void silentConnectionsAndHalfHeadsAreClosedAndAUnitStays() throws IOException {
    Staff staff = new Staff(stack.one());
    List<Socket> silent = new ArrayList<>();
    try (Device unit = new Device(stack.one(), "stays", "?cursor=latest&area=48,2,49,3")) {
      unit.first("hello");
      double before = slowHeads(staff);
      for (int i = 0; i < OF_A_KIND; i++) {
        silent.add(open());
        Socket half = open();
        half.getOutputStream()
            .write("GET /v1/thresholds HTTP/1.1\r\nHost: x\r\n".getBytes(US_ASCII));
        silent.add(half);
      }
      await().atMost(40, SECONDS).until(() -> silent.stream().allMatch(ConnectionsIT::isClosed));
      assertTrue(slowHeads(staff) >= before + silent.size());
      await().atMost(20, SECONDS).until(() -> staff.metric("vigie_units_connected") == 1);
      assertTrue(staff.metric("vigie_alert_connections") >= 1);
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  private static double slowHeads(Staff staff) {
    return staff.metric("vigie_alert_connections_closed_total{reason=\"slow-head\"");
  }

  private Socket open() throws IOException {
    String[] address = stack.one().address().split(":", 2);
    Socket socket = new Socket(address[0], Integer.parseInt(address[1]));
    socket.setSoTimeout(1);
    return socket;
  }

  private static boolean isClosed(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException stillOpen) {
      return false;
    } catch (SocketException closed) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
