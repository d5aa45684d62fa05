// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** The staff's view of the exam: figures from PostgreSQL, alerts from Kafka, one page. */
package vigie.dashboard;
