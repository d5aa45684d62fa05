// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The open connections at the public port, bounded, in all and by address, and why others were
 * closed. Requests for health or metrics come by another port, and are answered also while this one
 * is full.
 */
@Singleton
final class Connections {

  private static final Share NONE = new Share(() -> {});

  private final int managementPort;
  private final ConnectionLimits limits;
  private final AddressShares shares;
  private final AtomicInteger open = new AtomicInteger();
  private final Counter tooMany;
  private final Counter tooManyOfAddress;
  private final Counter slowHeads;
  private final Counter unread;
  private final Counter idle;

  /**
   * @param service such as {@code alert-service}, whose metrics are {@code vigie.alert.…}
   */
  Connections(
      ConnectionLimits limits,
      @ConfigProperty(name = "quarkus.management.port") int managementPort,
      @ConfigProperty(name = "quarkus.application.name") String service,
      MeterRegistry registry) {
    this.managementPort = managementPort;
    this.limits = limits;
    this.shares = new AddressShares(limits.perAddress());
    String name = "vigie." + service.replace("-service", "") + ".connections";
    Gauge.builder(name, open, AtomicInteger::get)
        .description("Open connections")
        .register(registry);
    tooMany = closed(name, "limit", registry);
    tooManyOfAddress = closed(name, "address-limit", registry);
    slowHeads = closed(name, "slow-head", registry);
    unread = closed(name, "answers-unread", registry);
    idle = closed(name, "idle", registry);
  }

  private static Counter closed(String name, String reason, MeterRegistry registry) {
    return Counter.builder(name + ".closed")
        .description("Connections that the service closed")
        .tag("reason", reason)
        .register(registry);
  }

  /** Before anything else, since Netty looks for its extensions at the first connection. */
  void start(@Observes @Priority(1) StartupEvent start) {
    ConnectionGuards.install();
  }

  boolean isPublic(Channel channel) {
    return !(channel.localAddress() instanceof InetSocketAddress local)
        || local.getPort() != managementPort;
  }

  /** Counts a new connection until it is closed; nothing when it is one too many. */
  Optional<Share> accept(Channel channel) {
    if (open.incrementAndGet() > limits.max()) {
      open.decrementAndGet();
      tooMany.increment();
      return Optional.empty();
    }
    Optional<Share> share = share(channel);
    if (share.isEmpty()) {
      open.decrementAndGet();
      tooManyOfAddress.increment();
      return share;
    }
    channel
        .closeFuture()
        .addListener(
            closed -> {
              open.decrementAndGet();
              share.get().giveBack();
            });
    return share;
  }

  private Optional<Share> share(Channel channel) {
    if (!(channel.remoteAddress() instanceof InetSocketAddress remote)
        || remote.getAddress().isLoopbackAddress()) {
      return Optional.of(NONE);
    }
    InetAddress address = remote.getAddress();
    return shares.take(address)
        ? Optional.of(new Share(() -> shares.giveBack(address)))
        : Optional.empty();
  }

  Duration headTimeout() {
    return limits.headTimeout();
  }

  Duration idleTimeout() {
    return limits.idleTimeout();
  }

  void slowHead() {
    slowHeads.increment();
  }

  void answersUnread() {
    unread.increment();
  }

  void idle() {
    idle.increment();
  }
}
