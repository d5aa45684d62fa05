// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** The disk of a folder. A full one ends Kafka, Redis and PostgreSQL at once. */
record Disk(Path folder, long free, long size) {

  private static final int LEAST_PERCENT = 5;
  private static final long GIGABYTE = 1_000_000_000;

  static Disk of(Path folder) throws IOException {
    FileStore store = Files.getFileStore(folder);
    return new Disk(folder, store.getUsableSpace(), store.getTotalSpace());
  }

  boolean isNearlyFull() {
    return free < size / 100 * LEAST_PERCENT;
  }

  @Override
  public String toString() {
    return "%.1f of %.1f GB are free on the disk of %s"
        .formatted((double) free / GIGABYTE, (double) size / GIGABYTE, folder);
  }
}
