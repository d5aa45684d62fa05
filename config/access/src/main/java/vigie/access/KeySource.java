// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * Reads the issuer's keys, a JSON Web Key Set, each time anew. Only from where its answer cannot be
 * changed on the way: a file, or HTTPS without redirects.
 */
final class KeySource {

  /** An issuer that needs longer is away. */
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final int MOST_BYTES = 1 << 20;
  private static final int OK = 200;

  private final URI location;
  private final Optional<HttpClient> https;

  /**
   * @param certificates of who signs for the issuer's host; empty: those that Java trusts
   * @throws IllegalArgumentException when keys may not be read from {@code location}
   */
  KeySource(URI location, Optional<Path> certificates) {
    this.location = location;
    boolean remote = "https".equals(location.getScheme()) && location.getHost() != null;
    if (!remote && !("file".equals(location.getScheme()) && location.getPath() != null)) {
      throw new IllegalArgumentException(location + " is neither https: nor file:");
    }
    this.https = remote ? Optional.of(client(certificates)) : Optional.empty();
  }

  private static HttpClient client(Optional<Path> certificates) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER);
    certificates.map(KeySource::trusting).ifPresent(builder::sslContext);
    return builder.build();
  }

  private static SSLContext trusting(Path certificates) {
    try (InputStream in = Files.newInputStream(certificates)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("issuer-" + trusted.size(), one);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(certificates + " holds no certificates", e);
    }
  }

  /**
   * The keys by their names. A set without any is an error of the issuer, and revokes nothing.
   *
   * @throws IOException when they cannot be had, or are none
   */
  Map<String, SigningKey> read() throws IOException, InterruptedException {
    String json =
        https.isPresent() ? fetch(https.get()) : Files.readString(Path.of(location.getPath()));
    Map<String, SigningKey> keys = new HashMap<>();
    for (JsonWebKey key : parse(json)) {
      if (key instanceof PublicJsonWebKey known && known.getKeyId() != null && signs(known)) {
        keys.putIfAbsent(known.getKeyId(), SigningKey.of(known));
      }
    }
    if (keys.isEmpty()) {
      throw new IOException(location + " has no key that has a kid and signs");
    }
    return Map.copyOf(keys);
  }

  private static boolean signs(PublicJsonWebKey key) {
    return key.getUse() == null || key.getUse().equals("sig");
  }

  private Iterable<JsonWebKey> parse(String json) throws IOException {
    try {
      return new JsonWebKeySet(json).getJsonWebKeys();
    } catch (JoseException e) {
      throw new IOException(location + " has no JSON Web Key Set", e);
    }
  }

  /** The limit is one for all, since a client's own timeout ends with the head of the answer. */
  private String fetch(HttpClient client) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(location).header("Accept", "application/json").build();
    CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, limited());
    try {
      HttpResponse<byte[]> response = answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != OK) {
        throw new IOException(location + " answers " + response.statusCode());
      }
      return new String(response.body(), UTF_8);
    } catch (ExecutionException e) {
      throw new IOException(location + " cannot be read: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException(location + " does not answer within " + TIMEOUT, e);
    } finally {
      answer.cancel(true);
    }
  }

  private static BodyHandler<byte[]> limited() {
    return head -> new LimitedBody(BodySubscribers.ofByteArray(), MOST_BYTES);
  }
}
