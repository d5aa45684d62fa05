// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.nio.file.Path;

/** Where one stack keeps what it writes. */
public record Folder(Path root) {

  public Folder {
    root = root.toAbsolutePath();
  }

  Path data(String part) {
    return root.resolve("data").resolve(part);
  }

  /** The configuration that a part was really started with. */
  Path conf(String file) {
    return root.resolve("conf").resolve(file);
  }

  Path log(String part) {
    return root.resolve("logs").resolve(part + ".log");
  }
}
