// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.SchemaNormalization;

/** All schemas of all events that this version knows. */
final class KnownSchemas {

  private static final List<String> EVENTS =
      List.of(
          "ExerciseResult",
          "UserActivity",
          "Alert",
          "DeploymentReport",
          "Hotspot",
          "ThresholdChange");

  private static final Set<Long> FINGERPRINTS =
      EVENTS.stream()
          .flatMap(event -> EventCodec.history(event).stream())
          .map(SchemaNormalization::parsingFingerprint64)
          .collect(Collectors.toUnmodifiableSet());

  private KnownSchemas() {}

  /**
   * Whether some event of this version has it: then the bytes are an event, but of another type.
   */
  static boolean contain(long fingerprint) {
    return FINGERPRINTS.contains(fingerprint);
  }
}
