// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.workspace;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are in the working copy, whichever of its folders this process was started in. */
public final class WorkingCopy {

  private static final Path ROOT = find();

  private WorkingCopy() {}

  public static Path root() {
    return ROOT;
  }

  /** A file of {@code config/}. */
  public static Path config(String name) {
    return ROOT.resolve("config").resolve(name);
  }

  /** Data, logs and unpacked programs; ignored by git. */
  public static Path state() {
    return ROOT.resolve(".vigie");
  }

  private static Path find() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("config/ports.env"))) {
        return folder;
      }
    }
    throw new StackException(
        "No working copy of Vigie at or above " + start + "; start inside one");
  }
}
