// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

/** Whether a folder's data was written by users that are told apart: files belong to them then. */
public final class PersistedSecurity {

  private static final String SECURE = "secure";
  private static final String OPEN = "open";

  private PersistedSecurity() {}

  /** Notes it for new data; refuses data of the other kind. */
  public static void require(StackFolder folder, boolean secure) {
    Path file = folder.data("protection");
    try {
      boolean kept = Files.exists(file) ? isSecure(file) : unnoted(folder, secure);
      if (kept != secure) {
        throw new StackException(
            "the data was written %s --secure: start so again, or deploy/down --clean"
                .formatted(kept ? "with" : "without"));
      }
      Files.createDirectories(file.getParent());
      Files.writeString(file, (secure ? SECURE : OPEN) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSecure(Path file) throws IOException {
    return Files.readString(file).strip().equals(SECURE);
  }

  /** There was no protection before it was noted. */
  private static boolean unnoted(StackFolder folder, boolean secure) {
    return !Files.exists(folder.data("kafka-form")) && secure;
  }
}
