// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.claim;

/**
 * What Redis does in one indivisible step. Changes answer what the claim is afterwards, and the id
 * of the report that is now due, or an empty one when nothing changed.
 */
final class ClaimScripts {

  /**
   * Writes a claim unless the alert has one that stands or was resolved, and that its report is
   * due. A claim without a number is from before claims could be given back.
   */
  static final String CLAIM =
      """
      local due = ''
      local number = 1
      if redis.call('HEXISTS', KEYS[1], 'releasedAt') == 1 then
        number = (redis.call('HGET', KEYS[1], 'number') or 1) + 1
        redis.call('DEL', KEYS[1])
      end
      if redis.call('EXISTS', KEYS[1]) == 0 then
        redis.call('HSET', KEYS[1], 'number', number, unpack(ARGV, 2))
        redis.call('EXPIRE', KEYS[1], ARGV[1])
        due = redis.call('XADD', KEYS[2], '*', 'number', number, unpack(ARGV, 2))
      end
      return {due, redis.call('HGETALL', KEYS[1])}
      """;

  /** Adds what came of a claim, if it is the unit's and stands. */
  static final String RESOLVE =
      """
      local due = ''
      local unit, outcome, resolvedAt = ARGV[1], ARGV[2], ARGV[3]
      if redis.call('HGET', KEYS[1], 'unit') == unit
          and redis.call('HEXISTS', KEYS[1], 'releasedAt') == 0
          and redis.call('HSETNX', KEYS[1], 'outcome', outcome) == 1 then
        redis.call('HSET', KEYS[1], 'resolvedAt', resolvedAt)
        due = redis.call('XADD', KEYS[2], '*', unpack(redis.call('HGETALL', KEYS[1])))
      end
      return {due, redis.call('HGETALL', KEYS[1])}
      """;

  /**
   * Gives a claim back, if it is the unit's claim of that number and stands. What is due then is
   * its report, and the alert itself, once more.
   */
  static final String RELEASE =
      """
      local due = ''
      local unit, number, releasedAt, again = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
      if redis.call('HGET', KEYS[1], 'unit') == unit
          and (redis.call('HGET', KEYS[1], 'number') or '1') == number
          and redis.call('HEXISTS', KEYS[1], 'outcome') == 0
          and redis.call('HSETNX', KEYS[1], 'releasedAt', releasedAt) == 1 then
        local fields = redis.call('HGETALL', KEYS[1])
        due = redis.call('XADD', KEYS[2], '*', 'again', again, unpack(fields))
      end
      return {due, redis.call('HGETALL', KEYS[1])}
      """;

  /** Whether each alert is claimed, and the claim was not given back: 1 or 0. */
  static final String CLAIMED =
      """
      local claimed = {}
      for i, key in ipairs(KEYS) do
        claimed[i] = redis.call('EXISTS', key) - redis.call('HEXISTS', key, 'releasedAt')
      end
      return claimed
      """;

  private ClaimScripts() {}
}
