// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import java.util.Map;

/** What can be taken from the services, to show that the checkers miss it. */
enum RemovedGuarantee {
  /** ingest-service accepts what the leader of a partition has, whether or not a copy has it. */
  ACKNOWLEDGEMENT_BY_COPIES,
  /** alert-service acknowledges a threshold that the primary has, whether or not a replica does. */
  CONFIRMED_WRITES;

  /** What each service is told. */
  Map<String, String> environment() {
    return switch (this) {
      case ACKNOWLEDGEMENT_BY_COPIES ->
          Map.of(
              "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_ACKS", "1",
              "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_ENABLE_IDEMPOTENCE", "false");
      case CONFIRMED_WRITES ->
          Map.of(
              "VIGIE_ALERT_UNDER_TEST", "true",
              "VIGIE_ALERT_DELIBERATE_FAULT", "UNCONFIRMED_WRITES");
    };
  }
}
