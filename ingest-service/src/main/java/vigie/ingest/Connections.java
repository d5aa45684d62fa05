// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The open connections at the public port, bounded, and why others were closed. Whoever asks for
 * health or metrics comes by another port, and is answered also while this one is full.
 */
@Singleton
final class Connections {

  private final int managementPort;
  private final int most;
  private final Duration headTimeout;
  private final AtomicInteger open = new AtomicInteger();
  private final Counter tooMany;
  private final Counter slowHeads;
  private final Counter unread;

  Connections(
      IngestConfig config,
      @ConfigProperty(name = "quarkus.management.port") int managementPort,
      MeterRegistry registry) {
    this.managementPort = managementPort;
    most = config.maxConnections();
    headTimeout = config.headTimeout();
    Gauge.builder("vigie.ingest.connections", open, AtomicInteger::get)
        .description("Open connections")
        .register(registry);
    tooMany = closed("limit", registry);
    slowHeads = closed("slow-head", registry);
    unread = closed("answers-unread", registry);
  }

  private static Counter closed(String reason, MeterRegistry registry) {
    return Counter.builder("vigie.ingest.connections.closed")
        .description("Connections that the service closed")
        .tag("reason", reason)
        .register(registry);
  }

  boolean isPublic(Channel channel) {
    return !(channel.localAddress() instanceof InetSocketAddress local)
        || local.getPort() != managementPort;
  }

  /** Counts a new connection until it is closed; false when it is one too many. */
  boolean accept(Channel channel) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      tooMany.increment();
      return false;
    }
    channel.closeFuture().addListener(closed -> open.decrementAndGet());
    return true;
  }

  Duration headTimeout() {
    return headTimeout;
  }

  void slowHead() {
    slowHeads.increment();
  }

  void answersUnread() {
    unread.increment();
  }
}
