// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** What it costs ingest-service to bring events over HTTP into Kafka. */
package vigie.benchmark.ingest;
