// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Who may enter Redis, each with a password that was made for this data folder. */
record RedisUsers(Map<String, String> passwords) {

  static final String OPERATOR = "operator";
  static final String ALERT_SERVICE = "alert-service";

  static RedisUsers of(Folder folder) {
    return new RedisUsers(
        List.of(OPERATOR, ALERT_SERVICE, "replica", "sentinel").stream()
            .collect(
                Collectors.toMap(
                    user -> user,
                    user -> Secret.readOrMake(folder.data("redis-password-of-" + user)))));
  }

  /** {@code redis://user:password@host:port}. */
  String url(String user, String address) {
    return "redis://%s:%s@%s".formatted(user, passwords.get(user), address);
  }

  /** For the templates of {@code config/redis}: {@code REDIS_OPERATOR_PASSWORD} and so on. */
  Map<String, String> variables() {
    return passwords.entrySet().stream()
        .collect(Collectors.toMap(user -> variable(user.getKey()), Map.Entry::getValue));
  }

  private static String variable(String user) {
    return "REDIS_%s_PASSWORD".formatted(user.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
