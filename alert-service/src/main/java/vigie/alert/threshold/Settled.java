// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The stored thresholds that every Redis server was seen to hold. Such a one cannot be undone by a
 * failover, so that a version in here never stands for another value. A threshold that was never
 * set needs no proof: nothing was there that could be lost.
 *
 * <p>This is no cache: what is stored now is read from Redis each time, and only then looked up
 * here. Safe for use by several threads.
 */
final class Settled {

  private final Map<String, String> stored = new ConcurrentHashMap<>();

  boolean holds(List<String> exercises, List<Response> values) {
    for (int i = 0; i < exercises.size(); i++) {
      Response value = values.get(i);
      if (value != null && !value.toString().equals(stored.get(exercises.get(i)))) {
        return false;
      }
    }
    return true;
  }

  void add(List<String> exercises, List<Response> values) {
    for (int i = 0; i < exercises.size(); i++) {
      if (values.get(i) != null) {
        stored.put(exercises.get(i), values.get(i).toString());
      }
    }
  }
}
