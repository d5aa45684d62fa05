// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;

/**
 * Puts a guard on every connection that is accepted at the public port. Netty finds this class as a
 * service and tells it of each: neither Quarkus nor Vert.x has a hook that early.
 */
@RegisterForReflection
public final class ConnectionGuards extends ChannelInitializerExtension {

  private static final String NETTY_LOADS_EXTENSIONS = "io.netty.bootstrap.extensions";

  /** To be called before the first port is opened. */
  static void install() {
    System.setProperty(NETTY_LOADS_EXTENSIONS, "serviceload");
  }

  @Override
  public void postInitializeServerChildChannel(Channel child) {
    Connections connections = CDI.current().select(Connections.class).get();
    if (connections.isPublic(child)) {
      child.pipeline().addLast(new Arrival(connections));
    }
  }

  /** The pipeline is complete only when the connection is active. */
  static final class Arrival extends ChannelInboundHandlerAdapter {

    private final Connections connections;

    Arrival(Connections connections) {
      this.connections = connections;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      Optional<Share> share = connections.accept(context.channel());
      if (share.isEmpty()) {
        var unused = context.close();
        return;
      }
      ChannelHandlerContext encoder = context.pipeline().context(HttpResponseEncoder.class);
      if (encoder != null) {
        ConnectionGuard guard = new ConnectionGuard(connections, share.get());
        context.pipeline().addAfter(encoder.name(), null, guard);
      }
      context.fireChannelActive();
      context.pipeline().remove(this);
    }
  }
}
