// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.workspace;

/** One clear line: which part failed, why, and what to do about it. */
public final class StackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StackException(String line) {
    super(line);
  }

  public StackException(String line, Throwable cause) {
    super(line, cause);
  }
}
