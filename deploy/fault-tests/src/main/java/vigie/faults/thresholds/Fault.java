// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds;

import static java.util.function.Predicate.not;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import vigie.faults.harness.SeededRandom;
import vigie.faults.thresholds.history.TimeRange;
import vigie.stack.process.ManagedProcess;
import vigie.stack.redis.RedisNode;
import vigie.stack.redis.RedisReplication;
import vigie.stack.redis.RedisTopology;

/** What is done to the processes while changes and events flow. */
enum Fault {
  NONE {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      random.sleep(SHORT, LONG);
    }
  },
  KILL_PRIMARY {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      kill(cluster.redis().primary(), random);
    }
  },
  KILL_REPLICA {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      kill(random.oneOf(cluster.redis().replicas()), random);
    }
  },
  FREEZE_PRIMARY {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      freeze(cluster.redis().primary(), random);
    }
  },
  FREEZE_REPLICA {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      freeze(random.oneOf(cluster.redis().replicas()), random);
    }
  },
  CUT_PRIMARY {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      cluster.redis().cut(cluster.redis().primary());
      random.sleep(FAILOVER, LONG);
      cluster.redis().heal();
    }
  },
  CUT_REPLICA {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      cluster.redis().cut(random.oneOf(cluster.redis().replicas()));
      random.sleep(SHORT, LONG);
      cluster.redis().heal();
    }
  },
  /** The judge goes on polling events, and asks a primary that may not be one any more. */
  CUT_PRIMARY_WITH_JUDGE {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      Service judge = random.oneOf(cluster.judges());
      cluster.redis().cutWith(judge.host(), cluster.redis().primary());
      random.sleep(FAILOVER, LONG);
      cluster.redis().heal();
    }
  },
  /**
   * The primary has written a change that not all replicas have got, and is cut off, at times with
   * one replica that has. On its island are a judge, which may see that change, and a Sentinel,
   * which says that this is the primary. The others put in its place a server without the change.
   */
  CUT_MID_CHANGE {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      cutMidChange(cluster, random, () -> random.below(2) == 0);
    }
  },
  /** The same, with a replica on the island, so that a majority confirms the change. */
  CUT_MID_CHANGE_WITH_REPLICA {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      cutMidChange(cluster, random, () -> false);
    }
  },
  /** A replica misses what happens meanwhile; then it is the only one left. */
  LAGGARD_REMAINS {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      RedisNode laggard = random.oneOf(cluster.redis().replicas());
      List<RedisNode> others =
          cluster.redis().nodes().stream().filter(node -> node != laggard).toList();
      laggard.kill();
      random.sleep(SHORT, SHORT.multipliedBy(2));
      others.forEach(ManagedProcess::kill);
      laggard.start();
      random.sleep(FAILOVER, LONG);
      others.forEach(ManagedProcess::start);
    }
  },
  /**
   * A replica freezes between a change's arrival at the primary and its own confirmation, so that
   * the change is not settled, and stays away for longer than a settled exercise may wait.
   */
  REPLICA_AWAY {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      RedisNode primary = cluster.redis().primary();
      RedisNode replica = random.oneOf(cluster.redis().replicas());
      long before;
      int freezes = 0;
      do {
        replica.resume();
        random.sleep(BRIEF, BRIEF.multipliedBy(2));
        replica.freeze();
        before = changes(primary).orElse(Long.MAX_VALUE);
        random.sleep(BRIEF, BRIEF);
      } while (changes(primary).orElse(0) <= before && ++freezes < MAX_CUTS);
      random.sleep(AWAY, AWAY);
      replica.resume();
    }
  },
  /**
   * No replica confirms anything; Sentinels see no reason to replace the primary. Only the fence
   * puts anything into the stream of replication meanwhile, if no Sentinel does: the pings of the
   * primary, one a second in redis.conf, would do what the message of the fence does.
   */
  REPLICAS_FROZEN {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      RedisNode primary = cluster.redis().primary();
      List<RedisNode> replicas = cluster.redis().replicas();
      pingReplicasEvery(LONG.plus(AWAY), primary);
      replicas.forEach(ManagedProcess::freeze);
      long from = TimeRange.now();
      random.sleep(LONG, LONG);
      cluster.primaryWasAlone(new TimeRange(from, TimeRange.now()));
      replicas.forEach(ManagedProcess::resume);
      pingReplicasEvery(Duration.ofSeconds(1), primary);
    }
  },
  KILL_JUDGE {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      kill(random.oneOf(cluster.judges()).process(), random);
    }
  },
  FREEZE_JUDGE {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      ManagedProcess judge = random.oneOf(cluster.judges()).process();
      judge.freeze();
      random.sleep(SHORT, LONG);
      judge.resume();
    }
  },
  KILL_SENTINEL {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      kill(random.oneOf(cluster.redis().sentinels()), random);
    }
  },
  /** As an operator asks for one, with everything alive. */
  ORDERED_FAILOVER {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      try (Jedis jedis = random.oneOf(cluster.redis().sentinels()).connect()) {
        jedis.sentinelFailover(jedis.sentinelMasters().get(0).get("name"));
      }
      random.sleep(FAILOVER, LONG);
    }
  },
  /** Something happens to Redis and to a judge at once. */
  TWO_AT_ONCE {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      SeededRandom other = random.split();
      Fault redis = random.oneOf(List.of(KILL_PRIMARY, FREEZE_PRIMARY, CUT_PRIMARY, CUT_REPLICA));
      Fault judge = random.oneOf(List.of(KILL_JUDGE, FREEZE_JUDGE));
      CompletableFuture<Void> beside =
          CompletableFuture.runAsync(() -> judge.playUninterrupted(cluster, other));
      redis.play(cluster, random);
      beside.join();
    }
  };

  /** A cut so short that only a change in flight notices it. */
  private static final Duration BRIEF = Duration.ofMillis(50);

  private static final int MAX_CUTS = 50;

  private static final Duration SHORT = Duration.ofMillis(700);

  /** Sentinels, hurried, have replaced a primary by then. */
  private static final Duration FAILOVER = Duration.ofMillis(2500);

  private static final Duration LONG = Duration.ofSeconds(4);

  private static final Duration AWAY = Duration.ofSeconds(12);

  private static final Set<Fault> HARMLESS_TO_JUDGING =
      EnumSet.of(NONE, KILL_REPLICA, FREEZE_REPLICA, CUT_REPLICA, REPLICA_AWAY, KILL_SENTINEL);

  /** From the blow to the repair; what the processes do about it may take longer. */
  abstract void play(Cluster cluster, SeededRandom random) throws InterruptedException;

  /** The faults that a form of Redis can have. */
  static List<Fault> of(RedisTopology form) {
    return Arrays.stream(values())
        .filter(form == RedisTopology.SENTINEL ? fault -> true : not(Fault::needsSentinels))
        .toList();
  }

  /** Whether results of settled exercises are judged while it lasts. */
  boolean leavesJudging() {
    return HARMLESS_TO_JUDGING.contains(this);
  }

  /** Whether staff change nothing while it lasts. */
  boolean isQuiet() {
    return this == REPLICAS_FROZEN;
  }

  private boolean needsSentinels() {
    return this == KILL_SENTINEL || this == ORDERED_FAILOVER;
  }

  private void playUninterrupted(Cluster cluster, SeededRandom random) {
    try {
      play(cluster, random);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(this + " was interrupted", e);
    }
  }

  /**
   * @param alone whether no replica is on the island
   */
  private static void cutMidChange(Cluster cluster, SeededRandom random, BooleanSupplier alone)
      throws InterruptedException {
    RedisReplication redis = cluster.redis();
    RedisNode primary = redis.primary();
    RedisNode outside = random.oneOf(redis.replicas());
    boolean only = alone.getAsBoolean();
    ManagedProcess[] island =
        Stream.concat(
                redis.nodes().stream().filter(node -> only ? node == primary : node != outside),
                redis.sentinels().stream().limit(1))
            .toArray(ManagedProcess[]::new);
    String judge = random.oneOf(cluster.judges()).host();
    int cuts = 0;
    do {
      redis.heal();
      random.sleep(BRIEF, BRIEF.multipliedBy(2));
      redis.cutWith(judge, island);
      random.sleep(BRIEF, BRIEF);
    } while (!isAhead(primary, outside) && ++cuts < MAX_CUTS);
    random.sleep(FAILOVER, LONG);
    redis.heal();
  }

  private static boolean isAhead(RedisNode primary, RedisNode replica) {
    OptionalLong there = changes(primary);
    OptionalLong here = changes(replica);
    return there.isPresent() && here.isPresent() && there.getAsLong() > here.getAsLong();
  }

  /**
   * How many changes a server has written, confirmed or not; nothing while it does not tell, such
   * as a replica that has just lost its primary.
   */
  private static OptionalLong changes(RedisNode node) {
    try (Jedis jedis = node.connect()) {
      return OptionalLong.of(jedis.xlen("vigie:threshold-changes"));
    } catch (JedisException e) {
      return OptionalLong.empty();
    }
  }

  private static void pingReplicasEvery(Duration period, RedisNode primary) {
    try (Jedis jedis = primary.connect()) {
      jedis.configSet("repl-ping-replica-period", "" + period.toSeconds());
    }
  }

  private static void kill(ManagedProcess part, SeededRandom random) throws InterruptedException {
    part.kill();
    random.sleep(SHORT, LONG);
    part.start();
  }

  private static void freeze(ManagedProcess part, SeededRandom random) throws InterruptedException {
    part.freeze();
    random.sleep(FAILOVER, LONG);
    part.resume();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
