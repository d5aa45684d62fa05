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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vigie.alert.fence.Fence;
import vigie.alert.fence.Quorum;
import vigie.alert.fence.UnconfirmedException;

/**
 * The thresholds, in Redis. Every answer is confirmed, a refused change as well: whoever is told
 * that another version is there may rely on it. Nothing that is read here can be undone by a
 * failover, see {@link Settled}.
 */
@Singleton
public class Thresholds {

  private static final String KEY = "vigie:threshold:";
  private static final String INDEX = "vigie:thresholds";

  private final Fence fence;
  private final Settled settled = new Settled();

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
    return fence
        .read(read, values -> settled.holds(names, list(values)))
        .onSuccess(values -> settled.add(names, list(values)))
        .map(values -> byName(names, list(values)));
  }

  /** Every exercise that has a threshold, as of one instant. */
  Future<SortedMap<String, Threshold>> readAll() {
    Request read = Request.cmd(Command.EVAL).arg(Scripts.ALL).arg(1).arg(INDEX).arg(KEY);
    return fence
        .read(read, pairs -> settled.holds(names(pairs), values(pairs)))
        .onSuccess(pairs -> settled.add(names(pairs), values(pairs)))
        .map(pairs -> new TreeMap<>(byName(names(pairs), values(pairs))));
  }

  /**
   * Sets the value, or deletes the threshold when {@code value} is empty. All replicas have to
   * answer before anything is written: a change that only some hold is one that judging must wait
   * for. Fails with {@link UnavailableException} when nothing was changed, and with {@link
   * UnconfirmedException} when the change may have happened.
   */
  Future<Change> change(String exercise, Precondition precondition, OptionalDouble value) {
    return fence
        .ask(Request.cmd(Command.PING), Quorum.ALL)
        .recover(absent -> Future.failedFuture(new UnavailableException(absent)))
        .compose(present -> write(exercise, precondition, value));
  }

  private Future<Change> write(String exercise, Precondition precondition, OptionalDouble value) {
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

  private static Map<String, Threshold> byName(List<String> names, List<Response> values) {
    Map<String, Threshold> thresholds = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      thresholds.put(names.get(i), threshold(values.get(i)));
    }
    return thresholds;
  }

  private static List<String> names(Response pairs) {
    return IntStream.range(0, pairs.size() / 2).mapToObj(i -> pairs.get(2 * i).toString()).toList();
  }

  private static List<Response> values(Response pairs) {
    return IntStream.range(0, pairs.size() / 2).mapToObj(i -> pairs.get(2 * i + 1)).toList();
  }

  /** Not {@code List.copyOf}: the answer has a null for what Redis does not hold. */
  private static List<Response> list(Response values) {
    return IntStream.range(0, values.size()).mapToObj(values::get).collect(Collectors.toList());
  }

  private static Threshold threshold(Response value) {
    return Threshold.parse(value == null ? null : value.toString());
  }
}
