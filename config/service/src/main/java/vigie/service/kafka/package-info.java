// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** What a loop that reads from Kafka needs: the same in each service. */
package vigie.service.kafka;
