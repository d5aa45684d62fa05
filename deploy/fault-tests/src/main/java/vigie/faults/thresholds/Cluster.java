// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vigie.faults.harness.FastFailover;
import vigie.faults.thresholds.history.TimeRange;
import vigie.stack.ports.Port;
import vigie.stack.process.ManagedProcess;
import vigie.stack.redis.RedisReplication;
import vigie.stack.redis.RedisTopology;

/** The real processes of one form: Redis and two alert-services, behind an intake. */
final class Cluster implements AutoCloseable {

  private final Path folder;
  private final SharedIngest intake;
  private final RedisReplication redis;
  private List<Service> judges = List.of();
  private Optional<TimeRange> alone = Optional.empty();

  /**
   * @param intake stays up when this cluster is closed
   */
  Cluster(Path folder, RedisTopology form, SharedIngest intake) {
    this.folder = folder;
    this.intake = intake;
    redis = RedisReplication.startIn(folder.resolve("redis"), form);
    redis.sentinels().forEach(FastFailover::of);
  }

  /** Starts the judges, in place of those that there are, with this guarantee taken away. */
  void judgeWith(Optional<String> deliberateFault) {
    stopJudges();
    Map<String, String> environment = judging(deliberateFault);
    judges =
        List.of(
            judge("127.0.0.21", folder.resolve("one"), environment),
            judge("127.0.0.22", folder.resolve("two"), environment));
    awaitWhole();
  }

  RedisReplication redis() {
    return redis;
  }

  Service ingest() {
    return intake.ingest();
  }

  List<Service> judges() {
    return judges;
  }

  /** While this lasted, no replica answered. */
  void primaryWasAlone(TimeRange span) {
    alone = Optional.of(span);
  }

  /** When the primary was alone since this was last asked. */
  Optional<TimeRange> takeAlone() {
    Optional<TimeRange> taken = alone;
    alone = Optional.empty();
    return taken;
  }

  /** Undoes whatever is left of a fault: nothing frozen, dead or cut off. */
  void heal() {
    redis.heal();
    judges.forEach(judge -> revive(judge.process()));
    redis.nodes().forEach(Cluster::revive);
    redis.sentinels().forEach(Cluster::revive);
  }

  private static void revive(ManagedProcess part) {
    if (part.process().isAlive()) {
      part.resume();
    } else {
      part.start();
    }
  }

  /** Returns once every process does all of its work. */
  void awaitWhole() {
    redis.awaitReady();
    ingest().process().awaitReady();
    judges.forEach(judge -> judge.process().awaitReady());
  }

  @Override
  public void close() {
    stopJudges();
    redis.close();
  }

  /**
   * Side by side, and orderly: judges that are killed stay members of their group for the length of
   * a session, and those that follow them get no events until then.
   */
  private void stopJudges() {
    judges.parallelStream().forEach(judge -> judge.process().stop());
  }

  private Service judge(String host, Path folder, Map<String, String> environment) {
    Map<String, String> own = new HashMap<>(environment);
    own.put("QUARKUS_REDIS_TCP_LOCAL_ADDRESS", host);
    return new Service(Port.ALERT, host, folder, own);
  }

  private Map<String, String> judging(Optional<String> deliberateFault) {
    Map<String, String> environment = new HashMap<>(intake.environment());
    environment.putAll(redis.environment());
    // The shortest that the broker permits: what a dead instance was judging waits this long.
    environment.put("KAFKA_SESSION_TIMEOUT_MS", "6000");
    environment.put("KAFKA_HEARTBEAT_INTERVAL_MS", "1500");
    environment.put("VIGIE_ALERT_JUDGING_LONGEST_PAUSE", "300ms");
    deliberateFault.ifPresent(
        fault -> {
          environment.put("VIGIE_ALERT_UNDER_TEST", "true");
          environment.put("VIGIE_ALERT_DELIBERATE_FAULT", fault);
        });
    return environment;
  }
}
