// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

/**
 * Bytes in single-object encoding whose schema is not in this version's history. A newer version
 * can read them: a consumer that must not lose them waits for its upgrade.
 */
public final class UnknownSchemaException extends UndecodableEventException {

  private static final long serialVersionUID = 1L;

  UnknownSchemaException(int length, long fingerprint) {
    super(
        "%d bytes are not an event: their schema, %016x, is not known"
            .formatted(length, fingerprint),
        null);
  }
}
