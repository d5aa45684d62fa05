// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

/** What Redis does in one indivisible step. */
final class ThresholdScripts {

  /**
   * Changes a threshold when the condition holds, and answers whether it did and what is stored. A
   * change that is already there, made from exactly the version the condition names, counts as
   * done: so a client whose answer was lost may send it again. Who changed what is noted in the
   * same step, and what every server held until then: while the change is not settled, one of the
   * two is what lasts. The note names the version that it goes with.
   */
  static final String CHANGE =
      """
      local stored = redis.call('GET', KEYS[1]) or '0 -'
      local version, value = stored:match('^(%%d+) (%%S+)')
      local condition, wanted, exercise, who = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
      local function count(n) return string.format('%%.0f', n) end
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
      version = count(version + 1)
      local changed = version .. ' ' .. wanted
      redis.call('SET', KEYS[1], changed)
      if stored:sub(-5) == '%s' then
        redis.call('SET', KEYS[4], version .. ' ' .. value)
      end
      redis.call('SADD', KEYS[2], exercise)
      redis.call('XADD', KEYS[3], '*',
        'exercise', exercise, 'version', version, 'value', wanted, 'who', who)
      return {1, changed}
      """
          .formatted(Threshold.HELD_BY_ALL);

  /**
   * How many changes the stream has lost, and the newest ones before an id. Redis counts what was
   * ever added, and no right of alert-service resets that: who trims the stream is found out.
   */
  static final String CHANGES =
      """
      local stream, fields = {}, redis.pcall('XINFO', 'STREAM', KEYS[1])
      for i = 1, #fields, 2 do
        stream[fields[i]] = fields[i + 1]
      end
      local length = stream['length'] or 0
      return {(stream['entries-added'] or length) - length,
        redis.call('XREVRANGE', KEYS[1], ARGV[1], '-', 'COUNT', ARGV[2])}
      """;

  /** All that is stored, as of one instant: exercise, value, exercise, value, … */
  static final String ALL =
      """
      local all = {}
      for _, exercise in ipairs(redis.call('SMEMBERS', KEYS[1])) do
        all[#all + 1] = exercise
        all[#all + 1] = redis.call('GET', ARGV[1] .. exercise)
      end
      return all
      """;

  /** Marks each key that still has the value given for it. */
  static final String HELD_BY_ALL =
      """
      for i, key in ipairs(KEYS) do
        if redis.call('GET', key) == ARGV[i] then
          redis.call('SET', key, ARGV[i] .. '%s')
        end
      end
      """
          .formatted(Threshold.HELD_BY_ALL);

  private ThresholdScripts() {}
}
