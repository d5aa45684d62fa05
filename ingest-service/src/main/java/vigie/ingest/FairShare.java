// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps one client from taking the others' share. Each has a bucket of bytes that fills steadily. A
 * request is taken while the bucket is not empty and then pays for its whole body, so that a body
 * may be larger than what is left, and the next request waits until the debt is paid.
 */
@Singleton
final class FairShare {

  /** What a request costs at least, so that many small ones are not for free. */
  static final long LEAST_COST = 1024;

  private final long rate;
  private final Optional<String> header;
  private final LoadingCache<String, Bucket> buckets;

  @Inject
  FairShare(IngestConfig config) {
    this(
        config.clientRate().asLongValue(),
        config.clientBurst().asLongValue(),
        config.maxClients(),
        config.clientHeader());
  }

  FairShare(long rate, long burst, int maxClients, Optional<String> header) {
    this.rate = rate;
    this.header = header;
    this.buckets = Caffeine.newBuilder().maximumSize(maxClients).build(client -> bucket(burst));
  }

  private Bucket bucket(long burst) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(burst).refillGreedy(rate, Duration.ofSeconds(1)))
        .build();
  }

  /** Called before the body is read. */
  void admit(HttpServerRequest request) throws RefusedException {
    String client = rate == 0 ? null : client(request);
    if (client == null) {
      return;
    }
    String length = request.getHeader("Content-Length");
    if (length != null) {
      take(client, Long.parseLong(length));
    } else {
      take(client, 0);
      var unused = request.end().onSuccess(end -> charge(client, request.bytesRead()));
    }
  }

  /** Takes a request of so many bytes, or says when one will be taken. */
  void take(String client, long bytes) throws RefusedException {
    Bucket bucket = buckets.get(client);
    if (!bucket.tryConsume(1)) {
      EstimationProbe probe = bucket.estimateAbilityToConsume(1);
      throw new RefusedException(
          Refusal.RATE_EXCEEDED,
          "A client may send " + rate + " bytes a second",
          Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
    var unused = bucket.consumeIgnoringRateLimits(Math.max(LEAST_COST, bytes) - 1);
  }

  private void charge(String client, long bytes) {
    if (bytes > 0) {
      var unused = buckets.get(client).consumeIgnoringRateLimits(bytes);
    }
  }

  /** Null for whoever is not limited: this machine itself, unless a header tells clients apart. */
  private String client(HttpServerRequest request) {
    String named = header.map(request::getHeader).orElse(null);
    if (named != null) {
      return named;
    }
    String address = request.remoteAddress().hostAddress();
    return isThisMachine(address) ? null : address;
  }

  static boolean isThisMachine(String address) {
    return address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1") || address.equals("::1");
  }
}
