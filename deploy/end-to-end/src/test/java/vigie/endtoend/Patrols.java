// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import vigie.issuer.Issuer;
import vigie.issuer.Role;
import vigie.patrol.PatrolUnit;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/** The patrol units of tests. */
final class Patrols {

  private Patrols() {}

  /** A connected unit of this name, with a token. */
  static PatrolUnit start(VigieStack vigie, String name) {
    return start(vigie.url(Port.ALERT), vigie.issuer(), name);
  }

  /** As the other, at an alert-service that this JVM has not started. */
  static PatrolUnit start(String alertService, Issuer issuer, String name) {
    String service = URI.create(alertService).getAuthority();
    return new PatrolUnit(
            HttpClient.newHttpClient(),
            List.of(service),
            name,
            "",
            () -> Optional.of(issuer.token(Role.PATROL, name)))
        .start();
  }

  /** The results of {@code exam} that the unit has got an alert of. */
  static Set<UUID> alertedOf(PatrolUnit unit, RecordedExam exam) {
    Set<UUID> ids = exam.ids();
    return unit.alerts().values().stream()
        .map(got -> UUID.fromString(got.alert().get("eventId").asText()))
        .filter(ids::contains)
        .collect(Collectors.toSet());
  }

  /** An alert of {@code exam}: what the unit has got of other tests may be claimed. */
  static UUID anyAlertOf(PatrolUnit unit, RecordedExam exam) {
    Set<UUID> ids = exam.ids();
    return unit.alerts().entrySet().stream()
        .filter(
            got -> ids.contains(UUID.fromString(got.getValue().alert().get("eventId").asText())))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }
}
