// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose request's head does not arrive in time, one that owes a request or the
 * rest of one and sends nothing, and one that goes on sending while its answers pile up unread. It
 * stands behind the decoder and the encoder and runs on the connection's event loop. A connection
 * that becomes a WebSocket was let in by its token: it leaves the guard and the share of its
 * address.
 */
final class ConnectionGuard extends ChannelDuplexHandler {

  /** Beyond what the kernel holds. The largest answer has about as much. */
  private static final long MOST_UNREAD = 2 << 20;

  private final Connections connections;
  private final Share share;
  private ScheduledFuture<?> deadline;
  private ScheduledFuture<?> looks;
  private boolean inBody;
  private boolean decoded;
  private boolean cutOff;

  /** Whether anything came or was answered since the last look. */
  private boolean alive;

  /** Whether what is being written is not the answer yet, such as 100 (Continue). */
  private boolean interim;

  /** How many requests have begun and not been answered. */
  private int unanswered;

  ConnectionGuard(Connections connections, Share share) {
    this.connections = connections;
    this.share = share;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    awaitHead(context);
    long nanos = connections.idleTimeout().toNanos();
    looks =
        context
            .executor()
            .scheduleWithFixedDelay(() -> look(context), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    decoded = true;
    if (message instanceof HttpRequest) {
      inBody = true;
      unanswered++;
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
    alive = true;
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
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response) {
      interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      if (response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
        var unused = context.write(message, promise);
        context.pipeline().remove(this);
        return;
      }
    }
    if (message instanceof LastHttpContent && !interim) {
      alive = true;
      unanswered = Math.max(0, unanswered - 1);
    }
    var unused = context.write(message, promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stop();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    stop();
    share.giveBack();
  }

  private void look(ChannelHandlerContext context) {
    if (!alive && (unanswered == 0 || inBody)) {
      connections.idle();
      close(context);
    }
    alive = false;
  }

  private void awaitHead(ChannelHandlerContext context) {
    Duration patience = connections.headTimeout();
    deadline =
        context
            .executor()
            .schedule(
                () -> {
                  connections.slowHead();
                  close(context);
                },
                patience.toNanos(),
                TimeUnit.NANOSECONDS);
  }

  private void headArrived() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  private void stop() {
    headArrived();
    looks.cancel(false);
  }

  private static void close(ChannelHandlerContext context) {
    var unused = context.close();
  }
}
