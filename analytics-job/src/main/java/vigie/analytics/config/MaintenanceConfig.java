// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.config;

import java.time.Duration;
import vigie.warehouse.CommitDeadline;

/**
 * How the archive's tables are looked after.
 *
 * @param interval time between the end of a round and the next; 15 minutes unless set
 * @param fileMegabytes size up to which small data files become one, in MiB; 128 unless set
 * @param snapshotAge how far back a reader can go in a table; an hour unless set, for
 *     archive-service makes hundreds of snapshots an hour, and each commit writes down all that are
 *     kept
 * @param orphanAge age from which a file that no snapshot names is removed; a day unless set, and
 *     never less than twice the time in which a writer may still commit it
 */
public record MaintenanceConfig(
    Duration interval, int fileMegabytes, Duration snapshotAge, Duration orphanAge) {

  /** What is to be forgotten is forgotten now; orphans as soon as no writer can commit them. */
  public MaintenanceConfig atOnce() {
    return new MaintenanceConfig(
        interval, fileMegabytes, Duration.ZERO, CommitDeadline.AFTER_CREATION.multipliedBy(2));
  }

  static MaintenanceConfig from(Settings settings) {
    return new MaintenanceConfig(
        settings.duration("MAINTENANCE_INTERVAL", Duration.ofMinutes(15)),
        settings.number("MAINTENANCE_FILE_MEGABYTES", 128, 1),
        settings.duration("MAINTENANCE_SNAPSHOT_AGE", Duration.ofHours(1)),
        settings.duration(
            "MAINTENANCE_ORPHAN_AGE",
            Duration.ofDays(1),
            CommitDeadline.AFTER_CREATION.multipliedBy(2)));
  }
}
