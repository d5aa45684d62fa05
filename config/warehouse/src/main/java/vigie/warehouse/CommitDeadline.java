// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.time.Duration;

/**
 * What writers and the removal of orphans agree on. A file that no snapshot names is either about
 * to be committed or was given up; only its age tells.
 */
public final class CommitDeadline {

  /** A file is committed within this time of its creation, or never. */
  public static final Duration AFTER_CREATION = Duration.ofHours(1);

  /**
   * The property that says before which instant orphans were removed. Setting it is a commit, which
   * sends every commit that is under way back to its checks, the deadline's among them.
   */
  public static final String ORPHANS_REMOVED_BEFORE = "vigie.orphans-removed-before";

  private CommitDeadline() {}
}
