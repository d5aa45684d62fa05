// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * What a client or a student may send: bytes, records and memory, as token buckets that refill at a
 * steady rate.
 */
package vigie.ingest.quota;
