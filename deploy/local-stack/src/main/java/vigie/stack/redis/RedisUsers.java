// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import vigie.stack.security.Certificates;
import vigie.stack.security.SecretFile;
import vigie.stack.workspace.StackFolder;

/**
 * Who may enter Redis, each with a password that was made for this data folder.
 *
 * @param certificates by which the servers are known; without them they are called in plain text
 */
record RedisUsers(Map<String, String> passwords, Optional<Certificates> certificates) {

  private static final int TIMEOUT_MILLIS = 2_000;

  static final String OPERATOR = "operator";
  static final String ALERT_SERVICE = "alert-service";

  static RedisUsers of(StackFolder folder, Optional<Certificates> certificates) {
    return new RedisUsers(
        List.of(OPERATOR, ALERT_SERVICE, "replica", "sentinel").stream()
            .collect(
                Collectors.toMap(
                    user -> user,
                    user -> SecretFile.readOrMake(folder.data("redis-password-of-" + user)))),
        certificates);
  }

  /** {@code redis://user:password@host:port}, or {@code rediss://…}. */
  String url(String user, String address) {
    String scheme = certificates.isPresent() ? "rediss" : "redis";
    return "%s://%s:%s@%s".formatted(scheme, user, passwords.get(user), address);
  }

  /** How a client connects that gives no user name. */
  DefaultJedisClientConfig.Builder stranger() {
    var connection =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(TIMEOUT_MILLIS)
            .socketTimeoutMillis(TIMEOUT_MILLIS);
    certificates.ifPresent(
        known ->
            connection.ssl(true).sslSocketFactory(known.sockets(Certificates.SecuredSystem.REDIS)));
    return connection;
  }

  /** How the local stack itself connects. */
  JedisClientConfig operator() {
    return stranger().user(OPERATOR).password(passwords.get(OPERATOR)).build();
  }

  /** What alert-service has to be told besides the URL. */
  Map<String, String> environment() {
    return certificates
        .map(
            known ->
                Map.of(
                    "QUARKUS_REDIS_TLS_ENABLED", "true",
                    "QUARKUS_REDIS_TLS_HOSTNAME_VERIFICATION_ALGORITHM", "HTTPS",
                    "QUARKUS_REDIS_TLS_TRUST_CERTIFICATE_PEM", "true",
                    "QUARKUS_REDIS_TLS_TRUST_CERTIFICATE_PEM_CERTS",
                        known.authority(Certificates.SecuredSystem.REDIS).toString()))
        .orElse(Map.of());
  }

  /** For the templates of {@code config/redis}: {@code REDIS_OPERATOR_PASSWORD} and so on. */
  Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    passwords.forEach((user, password) -> variables.put(variable(user), password));
    certificates.ifPresent(
        known -> {
          variables.put(
              "CERTIFICATE_AUTHORITY",
              known.authority(Certificates.SecuredSystem.REDIS).toString());
          variables.put("REDIS_CERTIFICATE", known.of(Certificates.REDIS).toString());
        });
    return variables;
  }

  private static String variable(String user) {
    return "REDIS_%s_PASSWORD".formatted(user.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
