// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the three servers of Redis are looked after. */
public enum RedisForm {
  /** The primary stays the primary; while it is away, whoever needs it waits. */
  REPLICATION,
  /** Three Sentinels put a replica in its place. */
  SENTINEL;

  static RedisForm parse(String name) {
    return Arrays.stream(values())
        .filter(form -> form.toString().equals(name))
        .findAny()
        .orElseThrow(() -> new PartFailure("%s is no form of Redis: %s".formatted(name, names())));
  }

  private static String names() {
    return Arrays.stream(values()).map(RedisForm::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
