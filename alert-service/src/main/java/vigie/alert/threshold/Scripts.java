// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

/** What Redis does in one indivisible step. */
final class Scripts {

  /**
   * Changes a threshold when the condition holds, and answers whether it did and what is stored. A
   * change that is already there, made from exactly the version the condition names, counts as
   * done: so a client whose answer was lost may send it again.
   */
  static final String CHANGE =
      """
      local stored = redis.call('GET', KEYS[1]) or '0 -'
      local version, value = stored:match('^(%d+) (.+)$')
      local condition, wanted, exercise = ARGV[1], ARGV[2], ARGV[3]
      local function count(n) return string.format('%.0f', n) end
      if condition == count(version - 1) and value == wanted then
        return {1, stored}
      end
      local live = value ~= '-'
      local met = condition == 'any'
        or (condition == 'absent' and not live)
        or (condition == 'present' and live)
        or (condition == version and live)
      if not met or (wanted == '-' and not live) then
        return {0, stored}
      end
      local changed = count(version + 1) .. ' ' .. wanted
      redis.call('SET', KEYS[1], changed)
      redis.call(wanted == '-' and 'SREM' or 'SADD', KEYS[2], exercise)
      return {1, changed}
      """;

  /** All thresholds of one instant: exercise, stored value, exercise, stored value, … */
  static final String ALL =
      """
      local all = {}
      for _, exercise in ipairs(redis.call('SMEMBERS', KEYS[1])) do
        all[#all + 1] = exercise
        all[#all + 1] = redis.call('GET', ARGV[1] .. exercise)
      end
      return all
      """;

  private Scripts() {}
}
