// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.model;

/**
 * How a request came.
 *
 * @param time microseconds since 1970
 */
public record RequestContext(SenderIdentity sender, long time) {}
