// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** What Iceberg's Kafka Connect sink needs to archive the same topic as archive-service. */
package vigie.benchmark.sink;
