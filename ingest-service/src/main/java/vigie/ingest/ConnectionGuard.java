// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose request's head does not arrive in time, and one that goes on sending
 * while its answers pile up unread. An idle timeout sees neither, since bytes do flow. It stands
 * behind the decoder and runs on the connection's event loop.
 */
final class ConnectionGuard extends ChannelInboundHandlerAdapter {

  /** Beyond what the kernel holds. The largest answer has about as much. */
  private static final long MOST_UNREAD = 2 << 20;

  private final Connections connections;
  private ScheduledFuture<?> deadline;
  private boolean inBody;
  private boolean decoded;
  private boolean cutOff;

  ConnectionGuard(Connections connections) {
    this.connections = connections;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    awaitHead(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    decoded = true;
    if (message instanceof HttpRequest) {
      inBody = true;
      headArrived();
    }
    if (message instanceof LastHttpContent) {
      inBody = false;
    }
    context.fireChannelRead(message);
  }

  /**
   * Bytes that gave no message, outside of a body, are a part of a head. More reads may end before
   * a connection that is being closed is closed.
   */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!decoded && !inBody && deadline == null) {
      awaitHead(context);
    }
    decoded = false;
    if (!cutOff && context.channel().bytesBeforeWritable() > MOST_UNREAD) {
      cutOff = true;
      connections.answersUnread();
      close(context);
    }
    context.fireChannelReadComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    headArrived();
    context.fireChannelInactive();
  }

  private void awaitHead(ChannelHandlerContext context) {
    deadline =
        context
            .executor()
            .schedule(
                () -> {
                  connections.slowHead();
                  close(context);
                },
                connections.headTimeout().toNanos(),
                TimeUnit.NANOSECONDS);
  }

  private void headArrived() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  private static void close(ChannelHandlerContext context) {
    var unused = context.close();
  }
}
