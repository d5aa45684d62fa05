// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.delivery;

import java.io.IOException;

/** What units and a server say to each other on a WebSocket. */
enum WireProtocol {
  /** The protocol {@code vigie.patrol.v1}: a greeting, alerts with a cursor, acknowledgements. */
  PATROL {
    @Override
    String target(String unit, String query) {
      return "/v1/patrols/" + unit + "/alerts" + query;
    }

    @Override
    void opened(Patrol unit) {}

    @Override
    void heed(Patrol unit, Text text) throws IOException {
      if (text.startsWith("{\"type\":\"alert\"")) {
        unit.received(text);
        unit.owesAcknowledgement(text.after("\"cursor\":\""));
      } else if (text.startsWith("{\"type\":\"hello\"")) {
        unit.isServed();
      } else if (!text.startsWith("{\"type\":\"heartbeat\"")) {
        throw new IOException("A unit was told " + text);
      }
    }
  },

  /** Bare text frames. */
  WS {
    @Override
    String target(String unit, String query) {
      return "/";
    }

    @Override
    void opened(Patrol unit) {
      unit.isServed();
    }

    @Override
    void heed(Patrol unit, Text text) {
      unit.received(text);
    }
  },

  /** Engine.IO 4 over WebSocket, with the default namespace of Socket.IO. */
  SOCKET_IO {
    @Override
    String target(String unit, String query) {
      return "/socket.io/?EIO=4&transport=websocket";
    }

    @Override
    void opened(Patrol unit) {}

    @Override
    void heed(Patrol unit, Text text) throws IOException {
      if (text.startsWith("42")) {
        unit.received(text);
      } else if (text.startsWith("40")) {
        unit.isServed();
      } else if (text.startsWith("0")) {
        unit.say("40");
      } else if (text.startsWith("2")) {
        unit.say("3");
      } else {
        throw new IOException("A client was told " + text);
      }
    }
  };

  /** Where {@code unit} knocks. */
  abstract String target(String unit, String query);

  /** The handshake is over. */
  abstract void opened(Patrol unit);

  /** Takes in what a unit was told. */
  abstract void heed(Patrol unit, Text text) throws IOException;
}
