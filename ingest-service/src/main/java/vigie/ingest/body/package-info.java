// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Receives, decodes and parses a body of JSON, NDJSON or CloudEvents into a batch of events. */
package vigie.ingest.body;
