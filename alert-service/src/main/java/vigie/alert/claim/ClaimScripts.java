// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.claim;

/**
 * What Redis does in one indivisible step. Changes answer what the claim is afterwards, and the id
 * of the report that is now due, or an empty one when nothing changed.
 */
final class ClaimScripts {

  /** Writes a claim unless the alert has one, and that its report is due. */
  static final String CLAIM =
      """
      local due = ''
      if redis.call('EXISTS', KEYS[1]) == 0 then
        redis.call('HSET', KEYS[1], unpack(ARGV, 2))
        redis.call('EXPIRE', KEYS[1], ARGV[1])
        due = redis.call('XADD', KEYS[2], '*', unpack(ARGV, 2))
      end
      return {due, redis.call('HGETALL', KEYS[1])}
      """;

  /** Adds what came of a claim, if it is the unit's and nothing is known yet. */
  static final String RESOLVE =
      """
      local due = ''
      local unit, outcome, resolvedAt = ARGV[1], ARGV[2], ARGV[3]
      if redis.call('HGET', KEYS[1], 'unit') == unit
          and redis.call('HSETNX', KEYS[1], 'outcome', outcome) == 1 then
        redis.call('HSET', KEYS[1], 'resolvedAt', resolvedAt)
        due = redis.call('XADD', KEYS[2], '*', unpack(redis.call('HGETALL', KEYS[1])))
      end
      return {due, redis.call('HGETALL', KEYS[1])}
      """;

  /** Whether each alert is claimed: 1 or 0. */
  static final String CLAIMED =
      """
      local claimed = {}
      for i, key in ipairs(KEYS) do
        claimed[i] = redis.call('EXISTS', key)
      end
      return claimed
      """;

  private ClaimScripts() {}
}
