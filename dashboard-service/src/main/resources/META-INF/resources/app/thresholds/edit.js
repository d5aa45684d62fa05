import { current, put, remove } from './requests.js';

/** The phases that end in another try with the version that the person saw. */
const AGAIN = { 'indeterminate': 'unsure', 'no-answer': 'unsure', 'unavailable': 'unchanged' };

/** The number written, with a point or a comma; NaN for anything that is no threshold. */
export function thresholdOf(text) {
  const number = /^\d+([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : NaN;
  return number <= 100 ? number : NaN;
}

/**
 * One wish to change one threshold, until it is fulfilled or given up. `version` is the one that the
 * person saw, null for none; sent with every try, it makes each further try safe. Phases:
 *
 * `open`       the person is still writing
 * `sending`    under way
 * `unsure`     nobody knows whether it happened; what was asked for stays as it is until that is known
 * `unchanged`  the service could not try
 * `conflict`   somebody else was first: `other` is what is there now, null for nothing
 * `unread`     somebody else was first, and what is there now could not be read
 * `refused`    `code` and `detail` say why
 * `done`
 */
export class Edit {
  phase = 'open';
  deleting = false;
  other = undefined;
  code = null;
  detail = null;
  #tell;

  constructor(exerciseId, seen, tell) {
    this.exerciseId = exerciseId;
    this.version = seen?.version ?? null;
    this.text = seen ? String(seen.threshold) : '';
    this.#tell = tell;
  }

  get value() {
    return thresholdOf(this.text);
  }

  write(text) {
    this.text = text;
    this.#become('open');
  }

  wishToDelete() {
    this.deleting = true;
    this.#become('open');
  }

  async send() {
    if (!this.deleting && Number.isNaN(this.value)) return this.#become('refused', { code: 'threshold-out-of-range' });
    this.#become('sending');
    try {
      if (this.deleting) await remove(this.exerciseId, this.version);
      else await put(this.exerciseId, this.value, this.version);
      this.#become('done');
    } catch (refusal) {
      if (refusal.code === 'version-mismatch') await this.#lookAtOther();
      else this.#become(AGAIN[refusal.code] ?? 'refused', refusal);
    }
  }

  /** The person has seen the other value and wants this one all the same. */
  insist() {
    this.version = this.other?.version ?? null;
    if (this.deleting && this.other === null) return this.#become('done');
    return this.send();
  }

  lookAgain() {
    return this.#lookAtOther();
  }

  async #lookAtOther() {
    try {
      const other = await current(this.exerciseId);
      this.#become('conflict', { other });
    } catch (refusal) {
      this.#become('unread', refusal);
    }
  }

  #become(phase, { code = null, message = null, other = this.other } = {}) {
    Object.assign(this, { phase, code, detail: message, other });
    this.#tell(this);
  }
}
