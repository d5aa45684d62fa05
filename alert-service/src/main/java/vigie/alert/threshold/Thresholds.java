// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import vigie.alert.fence.Fence;
import vigie.alert.fence.Quorum;

/**
 * The thresholds, in Redis. Every answer is confirmed, a refused change as well: whoever is told
 * that another version is there may rely on it.
 */
@Singleton
public class Thresholds {

  private static final String KEY = "vigie:threshold:";
  private static final String INDEX = "vigie:thresholds";

  private final Fence fence;

  Thresholds(Fence fence) {
    this.fence = fence;
  }

  /** The thresholds of {@code exercises} as they are now, none missing from the map. */
  public Future<Map<String, Threshold>> read(Set<String> exercises) {
    if (exercises.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    List<String> names = List.copyOf(exercises);
    Request read = Request.cmd(Command.MGET);
    names.forEach(name -> read.arg(KEY + name));
    return fence.ask(read, Quorum.MAJORITY).map(values -> byName(names, values));
  }

  /** Every exercise that has a threshold, as of one instant. */
  Future<SortedMap<String, Threshold>> readAll() {
    Request read = Request.cmd(Command.EVAL).arg(Scripts.ALL).arg(1).arg(INDEX).arg(KEY);
    return fence.ask(read, Quorum.MAJORITY).map(Thresholds::pairs);
  }

  /** Sets the value, or deletes the threshold when {@code value} is empty. */
  Future<Change> change(String exercise, Precondition precondition, OptionalDouble value) {
    Request write =
        Request.cmd(Command.EVAL)
            .arg(Scripts.CHANGE)
            .arg(2)
            .arg(KEY + exercise)
            .arg(INDEX)
            .arg(precondition.condition())
            .arg(Threshold.stored(value))
            .arg(exercise);
    return fence
        .ask(write, Quorum.ALL)
        .map(
            answer ->
                new Change(
                    answer.get(0).toInteger() == 1, Threshold.parse(answer.get(1).toString())));
  }

  /** Whether a change happened, and what is stored after it. */
  record Change(boolean happened, Threshold now) {}

  private static Map<String, Threshold> byName(List<String> names, Response values) {
    Map<String, Threshold> thresholds = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      thresholds.put(names.get(i), threshold(values.get(i)));
    }
    return thresholds;
  }

  private static SortedMap<String, Threshold> pairs(Response answer) {
    SortedMap<String, Threshold> thresholds = new TreeMap<>();
    for (int i = 0; i < answer.size(); i += 2) {
      thresholds.put(answer.get(i).toString(), threshold(answer.get(i + 1)));
    }
    return thresholds;
  }

  private static Threshold threshold(Response value) {
    return Threshold.parse(value == null ? null : value.toString());
  }
}
