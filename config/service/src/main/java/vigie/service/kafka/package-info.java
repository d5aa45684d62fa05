// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Supervised loops that read from Kafka, and the clients they need. */
package vigie.service.kafka;
