// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A local file system that does what it is asked, and then fails to say so. */
final class LossyFileSystem extends RawLocalFileSystem {

  private static final AtomicBoolean LOSE = new AtomicBoolean();

  static void loseTheNextAnswer() {
    LOSE.set(true);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    boolean renamed = super.rename(from, to);
    if (LOSE.getAndSet(false)) {
      throw new IOException("Connection reset");
    }
    return renamed;
  }
}
