// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * Proves that the archive holds each Kafka record exactly once.
 *
 * <p>{@link vigie.audit.Audit} reads each {@link vigie.audit.ArchivedTopic}: what its table holds
 * ({@link vigie.audit.ArchivedTable}, one {@link vigie.audit.Coverage} per partition), what became
 * a dead letter ({@link vigie.audit.DeadLetters}) and what Kafka has ({@link
 * vigie.audit.KafkaLogs}). {@link vigie.audit.Finding} holds them against each other, {@link
 * vigie.audit.Report} prints it.
 */
package vigie.audit;
