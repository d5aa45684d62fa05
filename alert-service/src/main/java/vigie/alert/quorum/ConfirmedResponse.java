// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.quorum;

import io.vertx.redis.client.Response;

/**
 * An answer of the current primary, which a majority confirmed.
 *
 * @param byAll whether every replica holds all that it rests on; else only that part of it may be
 *     used that was held by every server before
 */
public record ConfirmedResponse(Response answer, boolean byAll) {}
