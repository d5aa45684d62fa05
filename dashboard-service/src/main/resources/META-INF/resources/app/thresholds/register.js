import { json } from '../fetch.js';
import { changes, list } from './requests.js';
import { byName } from '../listing.js';
import { Edit } from './edit.js';

const LOOK_AGAIN_MILLIS = 10_000;
const CONFIRM_MILLIS = 2000;
const CHANGES_SHOWN = 50;

/** The thresholds as last read, what is known of their exercises, who changed them, and what is being changed here. */
class Register extends EventTarget {
  thresholds = null;
  readAt = null;
  error = null;
  rates = new Map();
  changes = null;
  changesError = null;
  allChanges = false;
  removedChanges = 0;
  edits = new Map();
  fulfilled = null;
  #asked = 0;
  #answered = 0;
  #key = [0, 0, 0];
  #exercises = [];

  start() {
    this.refresh();
    setInterval(() => document.hidden || this.refresh(), LOOK_AGAIN_MILLIS);
    setInterval(() => document.hidden || this.#readThresholds(), CONFIRM_MILLIS);
    document.addEventListener('visibilitychange', () => document.hidden || this.refresh());
  }

  /**
   * One row an exercise, by name: those with a threshold, and those that only have results, of which
   * nobody can say that they have no threshold before the thresholds have been read.
   */
  get exercises() {
    const key = [this.thresholds, this.rates, [...this.edits.keys()].join('\n')];
    if (!this.#key.every((one, i) => one === key[i])) [this.#key, this.#exercises] = [key, this.#merged()];
    return this.#exercises;
  }

  #merged() {
    const rows = new Map((this.thresholds ?? []).map((one) => [one.exerciseId, one]));
    for (const exerciseId of [...(this.thresholds ? this.rates.keys() : []), ...this.edits.keys()]) {
      if (!rows.has(exerciseId)) rows.set(exerciseId, { exerciseId, threshold: null, version: null });
    }
    const withFigures = [...rows.values()].map((one) => ({ ...one, mean: this.rates.get(one.exerciseId)?.mean, n: this.rates.get(one.exerciseId)?.n }));
    return withFigures.sort((a, b) => byName.compare(a.exerciseId, b.exerciseId));
  }

  /** Whoever uses this tab is known, and may not see thresholds. */
  get forbidden() {
    return this.error?.status === 403;
  }

  edit(exerciseId) {
    return this.#begin(exerciseId, this.thresholds?.find((one) => one.exerciseId === exerciseId));
  }

  /** For an exercise that has no threshold, as far as the person knows. */
  add(exerciseId, text) {
    const edit = this.#begin(exerciseId, null);
    edit.text = text;
    this.dispatchEvent(new CustomEvent('add', { detail: exerciseId }));
    return edit.send();
  }

  giveUp(exerciseId) {
    this.edits.delete(exerciseId);
    this.#changed();
    return this.refresh();
  }

  async refresh() {
    await Promise.all([this.#readThresholds(), this.#readChanges(), this.#readRates()]);
  }

  async olderChanges() {
    try {
      const { changes: older } = await changes(CHANGES_SHOWN, this.changes.at(-1).id);
      this.changes = [...this.changes, ...older];
      this.allChanges = older.length < CHANGES_SHOWN;
      this.changesError = null;
    } catch (error) {
      this.changesError = error;
    }
    this.#changed();
  }

  #begin(exerciseId, seen) {
    const edit = new Edit(exerciseId, seen, () => this.#follow(edit));
    this.edits.set(exerciseId, edit);
    this.#changed();
    return edit;
  }

  /** A fulfilled edit closes once its new value has been read, so that the old one never flashes up. */
  async #follow(edit) {
    this.#changed();
    if (edit.phase !== 'done') return;
    await this.refresh();
    if (this.edits.get(edit.exerciseId) === edit) this.edits.delete(edit.exerciseId);
    this.fulfilled = edit;
    this.#changed();
  }

  /** An answer that a later one has overtaken is not shown: it may be older than what was saved here. */
  async #readThresholds() {
    const asked = ++this.#asked;
    try {
      const thresholds = await list();
      if (asked < this.#answered) return;
      this.#answered = asked;
      if (!same(thresholds, this.thresholds)) this.thresholds = thresholds;
      this.readAt = new Date();
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    this.#changed();
  }

  /** The newest changes go before those already shown, which nothing can alter any more. */
  async #readChanges() {
    try {
      const { changes: newest, removed } = await changes(CHANGES_SHOWN);
      const known = new Set(newest.map(({ id }) => id));
      const meets = this.changes?.some(({ id }) => known.has(id));
      this.allChanges = meets ? this.allChanges : newest.length < CHANGES_SHOWN;
      this.changes = meets ? [...newest, ...this.changes.filter(({ id }) => !known.has(id))] : newest;
      this.removedChanges = removed;
      this.changesError = null;
    } catch (error) {
      this.changesError = error;
    }
    this.#changed();
  }

  /** Figures help to choose a threshold; without them all can be edited all the same. */
  async #readRates() {
    try {
      const { exercises } = await json('/v1/exercises/success-rates');
      this.rates = new Map(exercises.map((one) => [one.exerciseId, one]));
    } catch {
      this.rates = new Map();
    }
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

/** Polls mostly read what is known: the rows are not sorted again then. */
const same = (read, known) =>
  known?.length === read.length && read.every(({ exerciseId, version }, i) => exerciseId === known[i].exerciseId && version === known[i].version);

export const register = new Register();
