// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

/**
 * How a request came.
 *
 * @param time microseconds since 1970
 */
record Arrival(Sender sender, long time) {}
