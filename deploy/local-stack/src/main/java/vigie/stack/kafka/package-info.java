// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * Kafka with ZooKeeper or KRaft, single or clustered: brokers, controllers, topics, quotas, users,
 * and the migration to KRaft.
 */
package vigie.stack.kafka;
