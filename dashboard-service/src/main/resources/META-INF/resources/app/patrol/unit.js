import { alertService } from '../alert-service.js';
import { Connection } from './connection.js';
import { Memory } from './memory.js';

const SETTLE_MILLIS = 50;
const SAY_AGAIN_MILLIS = 2000;
const CLOCKS_DIFFER_MILLIS = 5000;

/**
 * A patrol unit. What it hears it first remembers and then acknowledges, so that nothing is missed
 * whenever the page ends. What it says it says one after the other, and again until it is answered:
 * claiming or resolving twice is the same as once.
 */
class Unit extends EventTarget {
  id = new URLSearchParams(location.search).get('unit');
  area = new URLSearchParams(location.search).get('area');
  missed = 0;
  awaySince = null;
  problems = new Map();
  #memory = null;
  #connection = null;
  #questions = [];
  #heardAlerts = [];
  #cursor = null;
  #settling = null;
  #greetedAt = 0;
  #sayAgain = null;

  start() {
    this.#memory = new Memory(this.id);
    this.#connection = new Connection(() => this.#address(), (frame) => this.#hear(frame), () => this.#turned());
    this.#connection.start();
  }

  get state() {
    return this.#connection?.state ?? 'connecting';
  }

  get reason() {
    return this.#connection?.reason ?? '';
  }

  get alerts() {
    return this.#memory.alerts;
  }

  /** `open`, `asked`, `mine`, `other` or `resolved`. */
  standing({ id }) {
    const claim = this.#memory.claim(id);
    if (this.#questions.some((question) => question.alertId === id)) return 'asked';
    if (!claim) return 'open';
    if (claim.outcome) return 'resolved';
    return claim.unitId === this.id ? 'mine' : 'other';
  }

  claimOf({ id }) {
    return this.#memory.claim(id);
  }

  claim({ id, cursor }) {
    this.#ask({ type: 'claim', alertId: id, cursor });
  }

  resolve({ id }, outcome) {
    this.#ask({ type: 'resolve', alertId: id, outcome });
  }

  /** The person has read what was missed. */
  seen() {
    this.missed = 0;
    this.#changed();
  }

  async #address() {
    const area = this.area ? `?area=${encodeURIComponent(this.area)}` : '';
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    return `${scheme}://${await alertService()}/v1/patrols/${encodeURIComponent(this.id)}/alerts${area}`;
  }

  /** What came on a connection that is over is acknowledged there or not at all: it comes again. */
  #turned() {
    this.#cursor = null;
    this.awaySince = this.state === 'connected' ? null : (this.awaySince ?? Date.now());
    this.#changed();
  }

  #hear(frame) {
    if (frame.type === 'hello') {
      this.#greetedAt = Date.now();
      this.#say();
    }
    if (frame.type === 'alert') this.#remember(frame);
    if (frame.type === 'claimed' || frame.type === 'resolved') this.#memory.claimed(frame);
    if (frame.type === 'error' && frame.alertId) this.#refused(frame);
    if (frame.cursor && frame.type !== 'hello') this.#cursor = frame.cursor;
    else if (frame.alertId) this.#answered(frame);
    this.#settling ??= setTimeout(() => this.#settle(), SETTLE_MILLIS);
  }

  #remember({ alert, cursor }) {
    const missed = Date.parse(alert.escalatedAt ?? alert.raisedAt) < this.#greetedAt - CLOCKS_DIFFER_MILLIS;
    const known = this.#memory.get(alert.id);
    const news = !known || (alert.escalatedAt && !known.escalatedAt);
    if (news && !this.#memory.claim(alert.id)) {
      if (missed) this.missed++;
      else this.#heardAlerts.push(alert);
    }
    this.#memory.alert(alert, cursor, missed);
  }

  #refused({ alertId, code, unitId }) {
    if (code === 'unavailable') return;
    if (unitId && (code === 'already-claimed' || code === 'not-yours')) this.#memory.claimed({ alertId, unitId });
    this.problems.set(alertId, code);
  }

  /** What many frames brought is kept, acknowledged and shown together. */
  #settle() {
    this.#settling = null;
    this.#memory.keep();
    if (this.#cursor) this.#connection.say({ type: 'ack', cursor: this.#cursor });
    this.#cursor = null;
    if (this.#heardAlerts.length > 0) {
      this.dispatchEvent(new CustomEvent('alerts', { detail: this.#heardAlerts }));
      this.#heardAlerts = [];
    }
    this.#changed();
  }

  #ask(question) {
    this.problems.delete(question.alertId);
    this.#questions.push(question);
    if (this.#questions.length === 1) this.#say();
    this.#changed();
  }

  #answered({ alertId, type, code }) {
    if (this.#questions[0]?.alertId !== alertId) return;
    clearTimeout(this.#sayAgain);
    if (type === 'error' && code === 'unavailable') {
      this.#sayAgain = setTimeout(() => this.#say(), SAY_AGAIN_MILLIS);
      return;
    }
    this.#questions.shift();
    this.#say();
  }

  #say() {
    if (this.#questions.length > 0) this.#connection.say(this.#questions[0]);
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

export const unit = new Unit();
