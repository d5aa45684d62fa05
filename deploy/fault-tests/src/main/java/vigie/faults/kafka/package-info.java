// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Whether Kafka keeps what it acknowledged, through faults and through its migration to KRaft. */
package vigie.faults.kafka;
