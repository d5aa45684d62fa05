// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.quorum;

/** An answer of Redis that too few replicas confirmed, or none at all: it must not be used. */
public final class UnconfirmedException extends Exception {

  private static final long serialVersionUID = 1L;

  UnconfirmedException(String message) {
    super(message);
  }

  UnconfirmedException(String message, Throwable cause) {
    super(message, cause);
  }
}
