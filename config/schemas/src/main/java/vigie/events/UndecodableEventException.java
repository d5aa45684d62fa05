// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

/** Bytes that are no event of the expected type: material for {@code vigie.dead-letters}. */
public class UndecodableEventException extends Exception {

  private static final long serialVersionUID = 1L;

  UndecodableEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
