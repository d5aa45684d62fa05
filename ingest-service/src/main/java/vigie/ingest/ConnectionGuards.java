// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.spi.CDI;

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
  private static final class Arrival extends ChannelInboundHandlerAdapter {

    private final Connections connections;

    Arrival(Connections connections) {
      this.connections = connections;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      if (!connections.accept(context.channel())) {
        var unused = context.close();
        return;
      }
      ChannelHandlerContext decoder = context.pipeline().context(HttpRequestDecoder.class);
      if (decoder != null) {
        context.pipeline().addAfter(decoder.name(), null, new ConnectionGuard(connections));
      }
      context.fireChannelActive();
      context.pipeline().remove(this);
    }
  }
}
