// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Kafka clients, supervised consumer loops, and the handling of partitions that stall. */
package vigie.alert.kafka;
