// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vigie.alert.AlertConfig;
import vigie.alert.DeliberateFault;
import vigie.alert.quorum.ForEvaluation;
import vigie.alert.quorum.Quorum;
import vigie.alert.quorum.QuorumNotReachedException;
import vigie.alert.quorum.QuorumRedisClient;
import vigie.alert.quorum.UnavailableException;

/**
 * The thresholds, in Redis. Every answer is confirmed, a refused change as well: a client that is
 * told that another version is there may rely on it.
 *
 * <p>Nothing that is read here can be undone by a failover. What every server was seen to hold is
 * marked as such, in Redis: such a threshold cannot get lost, so that a majority suffices to know
 * that it is the current one, and one replica away does not stop judging. What has no mark yet
 * needs all replicas, and then gets it. A lost mark costs time, never truth. Where they do not all
 * confirm, only the exercises without a mark stay open; those with one are known all the same,
 * since for them nothing rests on the replicas that are missing.
 */
@Singleton
public class ThresholdStore {

  private static final String KEY = "vigie:threshold:";
  private static final String BEFORE = "vigie:threshold-before:";
  private static final String INDEX = "vigie:thresholds";
  private static final String CHANGES = "vigie:threshold-changes";
  private static final String SENT = "vigie:threshold-changes-sent";

  private final QuorumRedisClient redis;
  private final QuorumRedisClient evaluation;
  private final boolean unconditional;
  private final boolean earlyMarks;
  private final boolean noMarks;

  ThresholdStore(
      QuorumRedisClient redis, @ForEvaluation QuorumRedisClient evaluation, AlertConfig config) {
    this.redis = redis;
    this.evaluation = evaluation;
    this.unconditional = DeliberateFault.UNCONDITIONAL_CHANGES.isOn(config);
    this.earlyMarks = DeliberateFault.EARLY_MARKS.isOn(config);
    this.noMarks = DeliberateFault.NO_MARKS.isOn(config);
  }

  /** What is known of the thresholds of {@code exercises} now, none missing from the map. */
  Future<Map<String, EffectiveThreshold>> read(Set<String> exercises) {
    return read(exercises, redis);
  }

  /**
   * The same for the evaluation of results, in no queue with anything else. Of what is open it is
   * told, too, which scores raise no alert whichever change lasts. A score that does is not judged:
   * its alert would have to name the version, and that is what cannot be known.
   */
  public Future<Map<String, EffectiveThreshold>> readForEvaluation(Set<String> exercises) {
    return read(exercises, evaluation)
        .compose(
            thresholds -> {
              List<String> open =
                  exercises.stream()
                      .filter(exercise -> thresholds.get(exercise).threshold().isEmpty())
                      .toList();
              return open.isEmpty()
                  ? Future.succeededFuture(thresholds)
                  : eitherOf(open, thresholds);
            });
  }

  /**
   * A majority confirms that this is the current primary's. An acknowledged change is held by this
   * server too, so none is later than the one that is stored; what was held before it is that of
   * the version before, which stands for one value. So one of these two is what counts now.
   */
  private Future<Map<String, EffectiveThreshold>> eitherOf(
      List<String> open, Map<String, EffectiveThreshold> thresholds) {
    Request read = Request.cmd(Command.MGET);
    open.forEach(name -> read.arg(KEY + name).arg(BEFORE + name));
    return evaluation
        .ask(read, Quorum.MAJORITY)
        .map(
            pairs -> {
              Map<String, EffectiveThreshold> all = new HashMap<>(thresholds);
              for (int i = 0; i < open.size(); i++) {
                Response before = pairs.get(2 * i + 1);
                if (before != null) {
                  all.put(
                      open.get(i),
                      EffectiveThreshold.either(threshold(pairs.get(2 * i)), threshold(before)));
                }
              }
              return all;
            });
  }

  private Future<Map<String, EffectiveThreshold>> read(
      Set<String> exercises, QuorumRedisClient redis) {
    if (exercises.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    List<String> names = List.copyOf(exercises);
    Request read = Request.cmd(Command.MGET);
    names.forEach(name -> read.arg(KEY + name));
    return redis
        .read(read, values -> unmarked(names, list(values)).isEmpty())
        .compose(found -> standings(redis, names, list(found.answer()), found.byAll()));
  }

  /** Every exercise that has a threshold, or may have one, as of one instant. */
  Future<SortedMap<String, EffectiveThreshold>> readAll() {
    Request read = Request.cmd(Command.EVAL).arg(ThresholdScripts.ALL).arg(1).arg(INDEX).arg(KEY);
    return redis
        .read(read, pairs -> unmarked(names(pairs), values(pairs)).isEmpty())
        .compose(
            found -> standings(redis, names(found.answer()), values(found.answer()), found.byAll()))
        .map(
            all -> {
              all.values()
                  .removeIf(one -> one.threshold().filter(t -> t.value().isEmpty()).isPresent());
              return new TreeMap<>(all);
            });
  }

  /**
   * A threshold that every server holds counts, whichever replicas confirmed it. Any other
   * threshold counts when every replica confirmed it, and else stays open. Each exercise is decided
   * by itself.
   */
  private Future<Map<String, EffectiveThreshold>> standings(
      QuorumRedisClient redis, List<String> names, List<Response> values, boolean byAll) {
    return (byAll ? marked(redis, names, values) : Future.succeededFuture(values))
        .map(
            stored -> {
              Set<String> open = byAll ? Set.of() : unmarked(names, stored).keySet();
              Map<String, EffectiveThreshold> thresholds = new HashMap<>();
              for (int i = 0; i < names.size(); i++) {
                thresholds.put(
                    names.get(i),
                    open.contains(names.get(i))
                        ? EffectiveThreshold.OPEN
                        : EffectiveThreshold.of(threshold(stored.get(i))));
              }
              return thresholds;
            });
  }

  /**
   * Sets the value, or deletes the threshold when {@code value} is empty. All replicas have to
   * answer before anything is written: a change that only some hold is one that judging must wait
   * for. Fails with {@link UnavailableException} when nothing was changed, and with {@link
   * QuorumNotReachedException} when the change may have happened.
   */
  Future<Change> change(
      String exercise, Precondition precondition, OptionalDouble value, String who) {
    return redis
        .allPresent()
        .recover(absent -> Future.failedFuture(new UnavailableException(absent)))
        .compose(present -> write(exercise, precondition, value, who));
  }

  /**
   * Settles a threshold whose last change one server will never confirm. An operator gives the word
   * that this server is gone for good and will not come back with what is on its disk. All replicas
   * but that one have to confirm the change, so that every server that could still be promoted
   * holds it; then it is marked, and the mark is confirmed in the same way.
   */
  Future<Map<String, EffectiveThreshold>> settle(String exercise) {
    Request read = Request.cmd(Command.MGET).arg(KEY + exercise);
    return redis
        .ask(read, Quorum.REMAINING)
        .compose(
            stored -> {
              Map<String, String> open = unmarked(List.of(exercise), list(stored));
              return open.isEmpty()
                  ? Future.succeededFuture(stored)
                  : redis.ask(mark(open), Quorum.REMAINING);
            })
        .compose(marked -> read(Set.of(exercise)));
  }

  /** The newest changes before {@code before}, a change's id or "+" for the very newest. */
  Future<ThresholdAuditEntry.Page> changes(String before, int limit) {
    Request read =
        Request.cmd(Command.EVAL)
            .arg(ThresholdScripts.CHANGES)
            .arg(1)
            .arg(CHANGES)
            .arg(before)
            .arg(limit);
    return redis
        .ask(read, Quorum.ALL)
        .map(
            page ->
                new ThresholdAuditEntry.Page(
                    list(page.get(1)).stream().map(ThresholdAuditEntry::of).toList(),
                    page.get(0).toLong()));
  }

  /**
   * The oldest changes after one.
   *
   * @param after its id; empty for the oldest of all
   */
  Future<List<ThresholdAuditEntry>> changesAfter(Optional<String> after, int limit) {
    String start = after.map(id -> "(" + id).orElse("-");
    Request read =
        Request.cmd(Command.XRANGE).arg(CHANGES).arg(start).arg("+").arg("COUNT").arg(limit);
    return redis
        .ask(read, Quorum.ALL)
        .map(entries -> list(entries).stream().map(ThresholdAuditEntry::of).toList());
  }

  /** The id of the last change that Kafka is known to have; an earlier one after a failover. */
  Future<Optional<String>> lastSent() {
    return redis
        .tell(Request.cmd(Command.GET).arg(SENT))
        .map(id -> Optional.ofNullable(id).map(Response::toString));
  }

  /** Notes that Kafka has all changes up to this one. */
  Future<Void> sent(ThresholdAuditEntry last) {
    return redis.tell(Request.cmd(Command.SET).arg(SENT).arg(last.id())).mapEmpty();
  }

  private Future<Change> write(
      String exercise, Precondition precondition, OptionalDouble value, String who) {
    Request write =
        Request.cmd(Command.EVAL)
            .arg(ThresholdScripts.CHANGE)
            .arg(4)
            .arg(KEY + exercise)
            .arg(INDEX)
            .arg(CHANGES)
            .arg(BEFORE + exercise)
            .arg((unconditional ? Precondition.ANY : precondition).condition())
            .arg(Threshold.stored(value) + (earlyMarks ? Threshold.HELD_BY_ALL : ""))
            .arg(exercise)
            .arg(who);
    return redis
        .ask(write, Quorum.ALL)
        .compose(
            answer ->
                marked(redis, List.of(exercise), List.of(answer.get(1)))
                    .map(
                        stored ->
                            new Change(answer.get(0).toInteger() == 1, threshold(stored.get(0)))));
  }

  /** Marks what all replicas just confirmed; answers {@code stored} whether or not that works. */
  private Future<List<Response>> marked(
      QuorumRedisClient redis, List<String> exercises, List<Response> stored) {
    Map<String, String> unmarked = unmarked(exercises, stored);
    if (unmarked.isEmpty() || noMarks) {
      return Future.succeededFuture(stored);
    }
    return redis.tell(mark(unmarked)).transform(done -> Future.succeededFuture(stored));
  }

  private static Request mark(Map<String, String> unmarked) {
    Request mark = Request.cmd(Command.EVAL).arg(ThresholdScripts.HELD_BY_ALL).arg(unmarked.size());
    unmarked.keySet().forEach(exercise -> mark.arg(KEY + exercise));
    unmarked.values().forEach(mark::arg);
    return mark;
  }

  private static Map<String, String> unmarked(List<String> exercises, List<Response> stored) {
    Map<String, String> unmarked = new LinkedHashMap<>();
    for (int i = 0; i < exercises.size(); i++) {
      Response value = stored.get(i);
      if (value != null && !value.toString().endsWith(Threshold.HELD_BY_ALL)) {
        unmarked.put(exercises.get(i), value.toString());
      }
    }
    return unmarked;
  }

  /** Whether a change happened, and what is stored after it. */
  record Change(boolean happened, Threshold now) {}

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
