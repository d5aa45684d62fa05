// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.command;

/** An operator named what does not exist: a typing error, or something that is gone already. */
public final class UnknownNameException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnknownNameException(String line) {
    super(line);
  }
}
