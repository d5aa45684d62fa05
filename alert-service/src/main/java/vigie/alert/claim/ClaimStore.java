// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.claim;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vigie.alert.quorum.Quorum;
import vigie.alert.quorum.QuorumRedisClient;
import vigie.events.Alert;

/**
 * Which unit answers which alert, in Redis. The first claim of an alert stands until its unit gives
 * it back; what is answered here is held by every server that could be promoted, so that it cannot
 * be undone. That its report is due is written in the same step, see {@link ReportOutbox}.
 *
 * <p>All failures are {@link vigie.alert.quorum.QuorumNotReachedException}: it may have happened or
 * not, and asking again is safe. All replicas have to answer before anything is written. So an
 * absent replica leaves no claim behind that the service cannot confirm.
 */
@Singleton
public class ClaimStore {

  private static final String KEY = "vigie:claim:";

  /** Longer than Kafka keeps an alert, so that no alert is claimed twice. */
  private static final Duration KEPT = Duration.ofDays(30);

  private final QuorumRedisClient redis;
  private final ReportOutbox outbox;
  private final Counter won;
  private final Counter resolved;
  private final Counter released;

  ClaimStore(QuorumRedisClient redis, ReportOutbox outbox, MeterRegistry metrics) {
    this.redis = redis;
    this.outbox = outbox;
    this.won = Counter.builder("vigie.claims").description("Alerts claimed").register(metrics);
    this.resolved =
        Counter.builder("vigie.resolutions").description("Claims resolved").register(metrics);
    this.released =
        Counter.builder("vigie.releases").description("Claims given back").register(metrics);
  }

  /** The claim that stands: {@code wanted}, or an earlier one, also by the same unit. */
  public Future<Claim> claim(Claim wanted) {
    Request script = script(ClaimScripts.CLAIM, wanted.alertId()).arg(KEPT.toSeconds());
    ClaimHash.write(wanted).forEach(script::arg);
    return changed(script, won, Optional.empty()).map(Optional::orElseThrow);
  }

  /**
   * Says what came of a claim. The claim afterwards; it tells whether it is the unit's, and whether
   * another outcome was there before. Empty when no unit claimed the alert.
   */
  public Future<Optional<Claim>> resolve(UUID alertId, String unit, String outcome, Instant now) {
    return changed(
        script(ClaimScripts.RESOLVE, alertId).arg(unit).arg(outcome).arg(now.toString()),
        resolved,
        Optional.empty());
  }

  /**
   * Gives the unit's claim of that number back, so that the next one can be made, and raises the
   * alert again. The claim afterwards, or a later one; empty when no unit claimed the alert.
   *
   * @param again the alert as it is raised again, escalated at the instant of the release
   */
  public Future<Optional<Claim>> release(String unit, int number, Alert again) {
    Request script =
        script(ClaimScripts.RELEASE, again.getId())
            .arg(unit)
            .arg(number)
            .arg(again.getEscalatedAt().toString())
            .arg(PendingReports.text(again));
    return changed(script, released, Optional.of(again));
  }

  /**
   * Those of {@code alerts} that are known to be claimed: every replica holds it. A claim that only
   * some hold may be lost in a failover, and its unit was not told that it has it; so while a
   * replica is away, none is known to be.
   */
  public Future<Set<UUID>> claimed(Set<UUID> alerts) {
    if (alerts.isEmpty()) {
      return Future.succeededFuture(Set.of());
    }
    List<UUID> ids = List.copyOf(alerts);
    Request script = Request.cmd(Command.EVAL).arg(ClaimScripts.CLAIMED).arg(ids.size());
    ids.forEach(id -> script.arg(KEY + id));
    return redis
        .read(script, answer -> claimed(ids, answer).isEmpty())
        .map(read -> read.byAll() ? claimed(ids, read.answer()) : Set.of());
  }

  private static Set<UUID> claimed(List<UUID> ids, Response answer) {
    return IntStream.range(0, ids.size())
        .filter(i -> answer.get(i).toInteger() == 1)
        .mapToObj(ids::get)
        .collect(Collectors.toSet());
  }

  private static Request script(String script, UUID alertId) {
    return Request.cmd(Command.EVAL).arg(script).arg(2).arg(KEY + alertId).arg(ReportOutbox.KEY);
  }

  private Future<Optional<Claim>> changed(Request script, Counter counter, Optional<Alert> again) {
    return redis
        .allPresent()
        .compose(present -> redis.ask(script, Quorum.ALL))
        .map(answer -> confirmed(answer, counter, again));
  }

  private Optional<Claim> confirmed(Response answer, Counter counter, Optional<Alert> again) {
    String due = answer.get(0).toString();
    Optional<Claim> claim = ClaimHash.read(answer.get(1));
    if (!due.isEmpty()) {
      counter.increment();
      outbox.send(new ReportOutbox.Due(due, claim.orElseThrow(), again));
    }
    return claim;
  }
}
