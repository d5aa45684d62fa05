// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.quota;

import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.LongSupplier;
import vigie.ingest.model.IngestConfig;

/** The clients by their address, or by the header that names them. */
@Singleton
public final class ClientQuotas {

  private final Optional<String> header;
  private final LoadingCache<String, ClientQuota> clients;

  @Inject
  ClientQuotas(IngestConfig config) {
    this(config, System::nanoTime);
  }

  ClientQuotas(IngestConfig config, LongSupplier nanoTime) {
    SenderLimits limits = SenderLimits.ofClients(config, nanoTime);
    RateLimit refusedTokens =
        new RateLimit(
            "Too many tokens of this client were refused",
            config.refusedTokens(),
            config.refusedTokensBurst(),
            config.refusedTokensBurst(),
            nanoTime);
    header = config.clientHeader();
    clients =
        Caffeine.newBuilder()
            .maximumSize(config.maxClients())
            .build(new QuotaLoader(limits, refusedTokens));
  }

  /** This machine itself has no limits, unless a header tells clients apart. */
  public ClientQuota client(HttpServerRequest request) {
    String named = header.map(request::getHeader).orElse(null);
    if (named != null) {
      return named(named);
    }
    String address = request.remoteAddress().hostAddress();
    return isThisMachine(address) ? ClientQuota.UNLIMITED : clients.get(address);
  }

  ClientQuota named(String name) {
    return clients.get(SenderLimits.key(name));
  }

  static boolean isThisMachine(String address) {
    return address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1") || address.equals("::1");
  }

  /** With a name: Caffeine looks at its methods, and no native image knows those of a lambda. */
  private record QuotaLoader(SenderLimits limits, RateLimit refusedTokens)
      implements CacheLoader<String, ClientQuota> {
    @Override
    public ClientQuota load(String name) {
      return new ClientQuota(limits.quota(), refusedTokens.bucket());
    }
  }
}
