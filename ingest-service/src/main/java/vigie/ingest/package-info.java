// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * From a laptop's HTTP request to acknowledged Kafka records. A request's path, class by class:
 * {@code IngestRoutes}, {@code EventRoute}, {@code Admission}, {@code RequestBody}, {@code
 * ContentCoding}, {@code BodyFormat}, {@code EventParser}, {@code EventSink}, {@code
 * IngestResponse}.
 */
package vigie.ingest;
