// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import vigie.command.MarkdownTable;
import vigie.harness.Tier;
import vigie.stack.kafka.ClusterSize;
import vigie.stack.kafka.KafkaMigration;

/**
 * {@code deploy/kafka-migration.md}, walked with fewer processes than the forms have, in {@code
 * deploy/test --all}, and when {@code -Dvigie.kafka.migration=there} asks for it, or {@code back}:
 * a dozen restarts of brokers under load take minutes where others build and test.
 */
@EnabledIf("isAsked")
class MigrationIT {

  private static final String WAY =
      System.getProperty("vigie.kafka.migration", Tier.current() == Tier.ALL ? "back" : "");

  private static final ClusterSize SIZE = new ClusterSize(3, 1);

  /** 3.9-IV0, by its number. */
  private static final int LAST_WITH_ZOOKEEPER = 21;

  private final MarkdownTable steps = MigrationRun.table();

  static boolean isAsked() {
    return WAY.equals("there") || isAskedForTheWayBack();
  }

  static boolean isAskedForTheWayBack() {
    return WAY.equals("back");
  }

  @Test
  void aClusterLeavesZooKeeperAndReachesTheNewestKafkaWithoutLosingARecord(@TempDir Path folder)
      throws Exception {
    try (KafkaMigration kafka = new KafkaMigration(folder, SIZE)) {
      kafka.start();
      Object quotas = quotas(kafka);
      try (MigrationRun migration = new MigrationRun(kafka, steps)) {
        migration.leaveZooKeeper();
        migration.finish();

        assertNothingIsLost(migration);
        assertTrue(
            migration.unused().stream().allMatch(line -> line.startsWith("bin/zookeeper-shell.sh")),
            () -> "never run: " + migration.unused());
      }
      assertEquals(quotas, quotas(kafka));
      assertTrue(metadataVersion(kafka) > LAST_WITH_ZOOKEEPER);
    }
  }

  /** Four more restarts of each broker. */
  @Test
  @EnabledIf("isAskedForTheWayBack")
  void aClusterGoesBackToZooKeeperAndTriesAgainWithoutLosingARecord(@TempDir Path folder)
      throws Exception {
    try (KafkaMigration kafka = new KafkaMigration(folder, SIZE)) {
      kafka.start();
      try (MigrationRun migration = new MigrationRun(kafka, steps)) {
        migration.leaveZooKeeper();
        migration.back();
        migration.leaveZooKeeper();
        migration.finish();

        assertNothingIsLost(migration);
        assertEquals(Set.of(), migration.unused());
      }
    }
  }

  private void assertNothingIsLost(MigrationRun migration) throws Exception {
    Outcome outcome = migration.end();
    System.out.println(steps + "\n" + outcome);
    assertEquals(0, outcome.lost(), outcome::toString);
    assertEquals(0, outcome.stored().copies(), outcome::toString);
    assertTrue(outcome.acknowledged().cardinality() > 1_000, outcome::toString);
  }

  private static Object quotas(KafkaMigration kafka) throws Exception {
    try (Admin admin = kafka.admin()) {
      return admin.describeClientQuotas(ClientQuotaFilter.all()).entities().get();
    }
  }

  private static int metadataVersion(KafkaMigration kafka) throws Exception {
    try (Admin admin = kafka.admin()) {
      return admin
          .describeFeatures()
          .featureMetadata()
          .get()
          .finalizedFeatures()
          .get("metadata.version")
          .maxVersionLevel();
    }
  }
}
