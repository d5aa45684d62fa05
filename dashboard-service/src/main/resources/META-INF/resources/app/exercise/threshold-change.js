import { say, shortDay, time } from '../language.js';

/** Since when results are judged as they are now, in words. */
export const sinceWhen = ({ at, threshold }) =>
  say(threshold === null ? 'thresholdDeleted' : 'thresholdChanged', shortDay(new Date(at)), time(new Date(at)));
