// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.quorum;

/** An answer of Redis that too few replicas confirmed, or none at all: it must not be used. */
public final class QuorumNotReachedException extends Exception {

  private static final long serialVersionUID = 1L;

  QuorumNotReachedException(String message) {
    super(message);
  }

  QuorumNotReachedException(String message, Throwable cause) {
    super(message, cause);
  }
}
