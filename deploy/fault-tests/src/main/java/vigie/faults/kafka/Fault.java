// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartitionInfo;
import vigie.stack.kafka.KafkaCluster;
import vigie.stack.kafka.QuorumMember;
import vigie.stack.process.ManagedProcess;

/** What happens to a cluster while records flow; each ends when all is whole again. */
enum Fault {
  /** kill -9 of the broker that leads the most, and its restart once the others do without it. */
  KILL_BROKER {
    @Override
    void play(FaultRunner runner) throws Exception {
      killAndRestart(runner, busiest(runner.kafka()));
    }
  },
  /** kill -9 of the ZooKeeper server or the controller that the others follow. */
  KILL_LEADER_OF_QUORUM {
    @Override
    void play(FaultRunner runner) throws Exception {
      for (QuorumMember member : runner.kafka().quorum()) {
        if (member.leads()) {
          killAndRestart(runner, member);
          return;
        }
      }
      throw new IllegalStateException("the quorum has no leader");
    }
  },
  /** SIGTERM and restart of every broker, one after the other, then of the quorum. */
  ROLLING_RESTART {
    @Override
    void play(FaultRunner runner) throws Exception {
      List<ManagedProcess> all = new ArrayList<>(runner.kafka().brokers());
      all.addAll(runner.kafka().quorum());
      for (ManagedProcess part : all) {
        part.restart();
        runner.awaitWhole();
      }
    }
  };

  abstract void play(FaultRunner runner) throws Exception;

  private static void killAndRestart(FaultRunner runner, ManagedProcess part) throws Exception {
    part.kill();
    runner.awaitFlow();
    part.restart();
    runner.awaitWhole();
  }

  private static ManagedProcess busiest(KafkaCluster kafka) throws Exception {
    try (Admin admin = kafka.admin()) {
      List<Integer> leaders =
          admin
              .describeTopics(Set.of(NumberedProducer.TOPIC))
              .allTopicNames()
              .get()
              .get(NumberedProducer.TOPIC)
              .partitions()
              .stream()
              .map(TopicPartitionInfo::leader)
              .map(node -> node.id())
              .toList();
      return kafka.brokers().stream()
          .max((a, b) -> Long.compare(count(leaders, a.id()), count(leaders, b.id())))
          .orElseThrow();
    }
  }

  private static long count(List<Integer> leaders, int id) {
    return leaders.stream().filter(leader -> leader == id).count();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
