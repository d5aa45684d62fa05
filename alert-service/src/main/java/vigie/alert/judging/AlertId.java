// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.judging;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.StringArgGenerator;
import java.util.UUID;

/**
 * Derives an alert's id from its event's, so that a repeated alert is recognisable: the UUID of
 * version 5 of the event's id, as text, in the namespace of alerts.
 */
final class AlertId {

  private static final UUID NAMESPACE = UUID.fromString("6f1b5d0e-5b0c-5c7e-9d55-3e1f1a2b8c41");

  private static final StringArgGenerator GENERATOR = Generators.nameBasedGenerator(NAMESPACE);

  private AlertId() {}

  static UUID of(UUID eventId) {
    return GENERATOR.generate(eventId.toString());
  }
}
