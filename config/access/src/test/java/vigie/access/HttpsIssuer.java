// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * A real HTTPS server with the keys of an issuer, which stops, rotates, withdraws and hesitates.
 */
final class HttpsIssuer implements AutoCloseable {

  static final String NAME = "https://issuer.example";
  static final String AUDIENCE = "vigie";

  private static final String PASSWORD = "only-for-this-test";

  private final Map<String, EllipticCurveJsonWebKey> keys = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Identity identity;
  private volatile CountDownLatch held = new CountDownLatch(0);
  private volatile Answer fault;
  private HttpsServer server;
  private int port;

  /** What it says in the place of its keys. */
  record Answer(int status, String body, Map<String, String> headers) {
    Answer(int status, String body) {
      this(status, body, Map.of());
    }
  }

  /**
   * The key of its host. keytool needs seconds for one, so a class of tests has one.
   *
   * @param certificate a PEM file
   */
  record Identity(KeyStore store, Path certificate) {

    static Identity makeIn(Path folder) throws Exception {
      Path file = folder.resolve("issuer.p12");
      List<String> command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
              "-genkeypair",
              "-alias",
              "issuer",
              "-keyalg",
              "EC",
              "-groupname",
              "secp256r1",
              "-dname",
              "CN=localhost",
              "-ext",
              "SAN=dns:localhost,ip:127.0.0.1",
              "-storetype",
              "PKCS12",
              "-keystore",
              file.toString(),
              "-storepass",
              PASSWORD);
      if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
        throw new IllegalStateException("keytool failed");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, PASSWORD.toCharArray());
      }
      Path certificate = folder.resolve("issuer.pem");
      String base64 =
          Base64.getMimeEncoder().encodeToString(store.getCertificate("issuer").getEncoded());
      Files.writeString(
          certificate, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
      return new Identity(store, certificate);
    }
  }

  private HttpsIssuer(Identity identity) {
    this.identity = identity;
  }

  static HttpsIssuer startAs(Identity identity) throws Exception {
    HttpsIssuer issuer = new HttpsIssuer(identity);
    issuer.start();
    return issuer;
  }

  URI location() {
    return URI.create("https://localhost:" + port + "/jwks.json");
  }

  Path certificate() {
    return identity.certificate();
  }

  /** At the port that it had before. */
  void start() throws IOException, GeneralSecurityException {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(identity.store(), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress("localhost", port), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.setExecutor(threads);
    server.createContext("/jwks.json", this::answer);
    server.createContext("/moved.json", exchange -> send(exchange, new Answer(200, json())));
    server.start();
    port = server.getAddress().getPort();
  }

  void stop() {
    server.stop(0);
  }

  /**
   * From now on no request is answered, until {@link #answerAgain}.
   *
   * @return has those answered that came until this is called the next time
   */
  Runnable hesitate() {
    CountDownLatch next = new CountDownLatch(1);
    held = next;
    return next::countDown;
  }

  void answerAgain() {
    fault = null;
    held.countDown();
  }

  void answerWith(Answer other) {
    fault = other;
  }

  /** How often its keys were asked for. */
  int requests() {
    return requests.get();
  }

  /** A new key, also in the place of an old one of the same name. */
  void publish(String kid) throws JoseException {
    EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    key.setKeyId(kid);
    key.setUse("sig");
    keys.put(kid, key);
  }

  void withdraw(String kid) {
    keys.remove(kid);
  }

  String token(String kid) throws JoseException {
    return token(kid, token -> {}, claims -> {});
  }

  /** Signed by the key of this name, or by another one where the issuer has no such key. */
  String token(String kid, Consumer<JsonWebSignature> head, Consumer<JwtClaims> body)
      throws JoseException {
    long now = NumericDate.now().getValue();
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(NAME);
    claims.setAudience(AUDIENCE);
    claims.setSubject("s-1");
    claims.setIssuedAt(NumericDate.fromSeconds(now));
    claims.setExpirationTime(NumericDate.fromSeconds(now + 3_600));
    claims.setGeneratedJwtId();
    body.accept(claims);
    EllipticCurveJsonWebKey key = keys.get(kid);
    JsonWebSignature token = new JsonWebSignature();
    token.setPayload(claims.toJson());
    token.setAlgorithmHeaderValue("ES256");
    token.setKeyIdHeaderValue(kid);
    token.setKey(
        (key == null ? EcJwkGenerator.generateJwk(EllipticCurves.P256) : key).getPrivateKey());
    head.accept(token);
    return token.getCompactSerialization();
  }

  /** Its keys, without their private halves. */
  String json() {
    return new JsonWebKeySet(List.copyOf(keys.values())).toJson();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    try (exchange) {
      held.await();
      Answer other = fault;
      send(exchange, other == null ? new Answer(200, json()) : other);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    answerAgain();
    stop();
    threads.shutdownNow();
  }
}
