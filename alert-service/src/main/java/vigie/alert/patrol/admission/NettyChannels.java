// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.admission;

import io.netty.channel.Channel;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.inject.Singleton;

/**
 * Keeps the network channel of each WebSocket at hand. A WebSocket of the framework takes one text
 * at a time, encodes it for each unit, and asks the kernel to send each; on its channel, frames
 * that are encoded already go out together.
 */
@Singleton
public class NettyChannels implements HttpUpgradeCheck {

  private static final TypedKey<Channel> CHANNEL = new TypedKey<>("channel");

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext upgrade) {
    // Every connection of Vert.x is one; it offers no other way to its channel.
    ConnectionBase connection = (ConnectionBase) upgrade.httpRequest().connection();
    upgrade.userData().put(CHANNEL, connection.channel());
    return CheckResult.permitUpgrade();
  }

  public static Channel of(WebSocketConnection connection) {
    return connection.userData().get(CHANNEL);
  }
}
