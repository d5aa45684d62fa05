// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.quorum;

/** Not all Redis servers answer, so that a change was not even tried. */
public final class UnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnavailableException(Throwable cause) {
    super("Nothing was changed: " + cause.getMessage(), cause);
  }
}
