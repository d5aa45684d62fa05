// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Programs that come inside Maven artifacts, unpacked once per working copy. */
public final class UnpackedProgram {

  /** Fills an empty folder. */
  @FunctionalInterface
  public interface Content {
    void into(Path folder) throws IOException;
  }

  private UnpackedProgram() {}

  /**
   * The folder of that name, unpacked beside and moved into place, so that it is never half full.
   */
  public static synchronized Path folder(String name, Content content) {
    Path target = WorkingCopy.state().resolve("programs").resolve(name);
    try {
      if (!Files.exists(target)) {
        Files.createDirectories(target.getParent());
        Path beside = target.resolveSibling(name + "." + ProcessHandle.current().pid());
        OneTimeSetup.delete(beside);
        Files.createDirectory(beside);
        content.into(beside);
        move(beside, target);
      }
      return target;
    } catch (IOException e) {
      throw new StackException(
          name + " cannot be unpacked to " + target + ": " + e.getMessage(), e);
    }
  }

  private static void move(Path beside, Path target) throws IOException {
    try {
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Another process was faster: its folder is complete and as good as ours.
      OneTimeSetup.delete(beside);
      if (!Files.exists(target)) {
        throw e;
      }
    }
  }
}
