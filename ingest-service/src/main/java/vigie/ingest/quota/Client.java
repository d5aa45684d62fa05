// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.quota;

/**
 * The address, or what a header names, that requests come from.
 *
 * @param account what its accepted requests use
 * @param refusedTokens apart from the account: a neighbour with bad tokens takes nothing of it
 */
public record Client(Account account, Bucket refusedTokens) {

  static final Client UNLIMITED = new Client(Account.UNLIMITED, RateLimit.NONE.bucket());
}
