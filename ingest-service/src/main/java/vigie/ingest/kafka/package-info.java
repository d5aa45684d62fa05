// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * Appends events to Kafka, reports what a failure of the producer means, and probes whether the
 * topics can be written to.
 */
package vigie.ingest.kafka;
