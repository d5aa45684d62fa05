// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.kills;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import vigie.benchmark.Dice;
import vigie.stack.process.ChildProcess;
import vigie.stack.process.ManagedProcess;

/** What is done to the processes while results flow. When it is over, all of them run again. */
enum Fault {
  KILL_WRITER {
    @Override
    void play(Cluster cluster, Dice dice) throws InterruptedException {
      kill(writer(cluster, dice), dice);
    }
  },
  /**
   * For so long that others take its partitions: it resumes with rows that are not its any more.
   */
  FREEZE_WRITER {
    @Override
    void play(Cluster cluster, Dice dice) throws InterruptedException {
      freeze(writer(cluster, dice), dice, TAKEN_OVER, LONG);
    }
  },
  /** As in a rolling update. */
  RESTART_WRITER {
    @Override
    void play(Cluster cluster, Dice dice) {
      ManagedProcess writer = writer(cluster, dice);
      writer.stop();
      writer.start();
    }
  },
  /** All at once are thrown out of their group, in the midst of their work. */
  FORCE_REBALANCE {
    @Override
    void play(Cluster cluster, Dice dice) throws InterruptedException {
      try (Admin admin = cluster.kafka().admin()) {
        admin
            .removeMembersFromConsumerGroup(
                "archive-results", new RemoveMembersFromConsumerGroupOptions())
            .all()
            .get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("Kafka does not force a rebalance", e);
      }
    }
  },
  KILL_DATANODE {
    @Override
    void play(Cluster cluster, Dice dice) throws InterruptedException {
      kill(cluster.hdfs().dataNode(), dice);
    }
  },
  FREEZE_DATANODE {
    @Override
    void play(Cluster cluster, Dice dice) throws InterruptedException {
      freeze(cluster.hdfs().dataNode(), dice, SHORT, LONG);
    }
  },
  KILL_NAMENODE {
    @Override
    void play(Cluster cluster, Dice dice) throws InterruptedException {
      kill(cluster.hdfs().nameNode(), dice);
    }
  },
  FREEZE_NAMENODE {
    @Override
    void play(Cluster cluster, Dice dice) throws InterruptedException {
      freeze(cluster.hdfs().nameNode(), dice, SHORT, LONG);
    }
  },
  /** With it goes the catalog of the archive: what is committed then is committed or is not. */
  KILL_POSTGRESQL {
    @Override
    void play(Cluster cluster, Dice dice) throws InterruptedException {
      kill(cluster.postgres(), dice);
    }
  },
  FREEZE_POSTGRESQL {
    @Override
    void play(Cluster cluster, Dice dice) throws InterruptedException {
      freeze(cluster.postgres(), dice, SHORT, LONG);
    }
  },
  KILL_BROKER {
    @Override
    void play(Cluster cluster, Dice dice) throws InterruptedException {
      kill(cluster.kafka(), dice);
    }
  },
  FREEZE_BROKER {
    @Override
    void play(Cluster cluster, Dice dice) throws InterruptedException {
      freeze(cluster.kafka(), dice, SHORT, LONG);
    }
  },
  /** Small files become one and all snapshots but the last are forgotten, while writers commit. */
  MAINTAIN {
    @Override
    void play(Cluster cluster, Dice dice) {
      cluster.maintenance().run(A_ROUND);
    }
  },
  /** Anywhere between its start and its end. */
  KILL_MAINTENANCE {
    @Override
    void play(Cluster cluster, Dice dice) throws InterruptedException {
      ChildProcess maintenance = cluster.maintenance();
      maintenance.start();
      dice.pass(LONG, LONG.multipliedBy(4));
      maintenance.kill();
    }
  },
  /** Something happens to a writer and to what it writes to or reads from. */
  TWO_AT_ONCE {
    @Override
    void play(Cluster cluster, Dice dice) throws InterruptedException {
      Dice other = dice.another();
      Fault writer = dice.oneOf(List.of(KILL_WRITER, FREEZE_WRITER, RESTART_WRITER));
      Fault system =
          dice.oneOf(
              List.of(KILL_DATANODE, KILL_NAMENODE, FREEZE_NAMENODE, KILL_BROKER, KILL_POSTGRESQL));
      CompletableFuture<Void> beside =
          CompletableFuture.runAsync(() -> writer.playUninterrupted(cluster, other));
      system.play(cluster, dice);
      beside.join();
    }
  };

  private static final Duration SHORT = Duration.ofMillis(300);

  /** The others have the partitions of a frozen writer by then. */
  private static final Duration TAKEN_OVER = Duration.ofMillis(3_500);

  private static final Duration LONG = Duration.ofSeconds(5);

  /** Patience for a round of maintenance. */
  private static final Duration A_ROUND = Duration.ofMinutes(10);

  /** From the blow to the repair; what the processes do about it takes longer. */
  abstract void play(Cluster cluster, Dice dice) throws InterruptedException;

  private void playUninterrupted(Cluster cluster, Dice dice) {
    try {
      play(cluster, dice);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(this + " was interrupted", e);
    }
  }

  private static ManagedProcess writer(Cluster cluster, Dice dice) {
    return dice.oneOf(cluster.writers()).process();
  }

  private static void kill(ManagedProcess part, Dice dice) throws InterruptedException {
    part.kill();
    dice.pass(Duration.ZERO, SHORT.multipliedBy(5));
    part.start();
  }

  private static void freeze(ManagedProcess part, Dice dice, Duration shortest, Duration longest)
      throws InterruptedException {
    part.freeze();
    dice.pass(shortest, longest);
    part.resume();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
