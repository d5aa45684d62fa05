// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.archive;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import vigie.faults.harness.SeededRandom;
import vigie.stack.process.ChildProcess;
import vigie.stack.process.ManagedProcess;

/** What is done to the processes while results flow. When it is over, all of them run again. */
enum Fault {
  KILL_WRITER {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      kill(writer(cluster, random), random);
    }
  },
  /**
   * For so long that others take its partitions: it resumes with rows that are not its any more.
   */
  FREEZE_WRITER {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      freeze(writer(cluster, random), random, TAKEN_OVER, LONG);
    }
  },
  /** As in a rolling update. */
  RESTART_WRITER {
    @Override
    void play(Cluster cluster, SeededRandom random) {
      ManagedProcess writer = writer(cluster, random);
      writer.stop();
      writer.start();
    }
  },
  /** All at once are thrown out of their group, in the midst of their work. */
  FORCE_REBALANCE {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
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
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      kill(cluster.hdfs().dataNode(), random);
    }
  },
  FREEZE_DATANODE {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      freeze(cluster.hdfs().dataNode(), random, SHORT, LONG);
    }
  },
  KILL_NAMENODE {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      kill(cluster.hdfs().nameNode(), random);
    }
  },
  FREEZE_NAMENODE {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      freeze(cluster.hdfs().nameNode(), random, SHORT, LONG);
    }
  },
  /** With it goes the catalog of the archive: what is committed then is committed or is not. */
  KILL_POSTGRESQL {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      kill(cluster.postgres(), random);
    }
  },
  FREEZE_POSTGRESQL {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      freeze(cluster.postgres(), random, SHORT, LONG);
    }
  },
  KILL_BROKER {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      kill(cluster.kafka(), random);
    }
  },
  FREEZE_BROKER {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      freeze(cluster.kafka(), random, SHORT, LONG);
    }
  },
  /** Small files become one and all snapshots but the last are forgotten, while writers commit. */
  MAINTAIN {
    @Override
    void play(Cluster cluster, SeededRandom random) {
      cluster.maintenance().run(A_ROUND);
    }
  },
  /** Anywhere between its start and its end. */
  KILL_MAINTENANCE {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      ChildProcess maintenance = cluster.maintenance();
      maintenance.start();
      random.sleep(LONG, LONG.multipliedBy(4));
      maintenance.kill();
    }
  },
  /** Something happens to a writer and to what it writes to or reads from. */
  TWO_AT_ONCE {
    @Override
    void play(Cluster cluster, SeededRandom random) throws InterruptedException {
      SeededRandom other = random.split();
      Fault writer = random.oneOf(List.of(KILL_WRITER, FREEZE_WRITER, RESTART_WRITER));
      Fault system =
          random.oneOf(
              List.of(KILL_DATANODE, KILL_NAMENODE, FREEZE_NAMENODE, KILL_BROKER, KILL_POSTGRESQL));
      CompletableFuture<Void> beside =
          CompletableFuture.runAsync(() -> writer.playUninterrupted(cluster, other));
      system.play(cluster, random);
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
  abstract void play(Cluster cluster, SeededRandom random) throws InterruptedException;

  private void playUninterrupted(Cluster cluster, SeededRandom random) {
    try {
      play(cluster, random);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(this + " was interrupted", e);
    }
  }

  private static ManagedProcess writer(Cluster cluster, SeededRandom random) {
    return random.oneOf(cluster.writers()).process();
  }

  private static void kill(ManagedProcess part, SeededRandom random) throws InterruptedException {
    part.kill();
    random.sleep(Duration.ZERO, SHORT.multipliedBy(5));
    part.start();
  }

  private static void freeze(
      ManagedProcess part, SeededRandom random, Duration shortest, Duration longest)
      throws InterruptedException {
    part.freeze();
    random.sleep(shortest, longest);
    part.resume();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
