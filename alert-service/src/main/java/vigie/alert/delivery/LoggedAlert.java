// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import java.time.Instant;

/** One alert where Kafka keeps it, its JSON written once for all units. */
record LoggedAlert(
    int partition, long offset, Instant raisedAt, double latitude, double longitude, String json) {}
