// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.time.Duration;

/** In which time archive-service commits a file, so that {@link OrphanFence} never refuses it. */
public final class CommitDeadline {

  /** A file is committed within this time of its creation, or never. */
  public static final Duration AFTER_CREATION = Duration.ofHours(1);

  private CommitDeadline() {}
}
