// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.workspace;

import java.nio.file.Path;

/**
 * Where one stack keeps what it writes.
 *
 * @param templates where a {@link DataTemplate} is stored
 */
public record StackFolder(Path root, Path templates) {

  public StackFolder {
    root = root.toAbsolutePath();
  }

  /** With the templates of the working copy. */
  public StackFolder(Path root) {
    this(root, WorkingCopy.state().resolve("templates"));
  }

  public Path data(String part) {
    return root.resolve("data").resolve(part);
  }

  /** The configuration that a part was really started with. */
  public Path conf(String file) {
    return root.resolve("conf").resolve(file);
  }

  public Path log(String part) {
    return root.resolve("logs").resolve(part + ".log");
  }
}
