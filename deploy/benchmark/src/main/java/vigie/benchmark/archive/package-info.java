// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** What it costs archive-service to archive results, beside Iceberg's sink for Kafka Connect. */
package vigie.benchmark.archive;
