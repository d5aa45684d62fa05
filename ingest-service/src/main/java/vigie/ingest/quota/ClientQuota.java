// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.quota;

/**
 * The address, or what a header names, that requests come from.
 *
 * @param quota what its accepted requests use
 * @param refusedTokens apart from the quota: a neighbour with bad tokens takes nothing of it
 */
public record ClientQuota(SenderQuota quota, TokenBucket refusedTokens) {

  static final ClientQuota UNLIMITED =
      new ClientQuota(SenderQuota.UNLIMITED, RateLimit.NONE.bucket());
}
