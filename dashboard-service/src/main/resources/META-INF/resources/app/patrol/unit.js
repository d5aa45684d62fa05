import { alertService } from '../alert-service.js';
import { session } from '../session.js';
import { Memory } from './memory.js';
import { PatrolClient } from './patrol-client.js';

const ASK_AGAIN_MILLIS = 2000;
const CLOCKS_DIFFER_MILLIS = 5000;
const SLEEP_MILLIS = 30_000;
const PATIENCE_MILLIS = 5000;

/** The unit and its area by the token; where nobody needs one, by the address, which may also ask for less than the area. */
function named() {
  const asked = new URLSearchParams(location.search);
  const { who } = session;
  if (!who) return { id: asked.get('unit'), area: asked.get('area') };
  return { id: who.roles.includes('patrol') ? who.subject : null, area: asked.get('area') ?? who.area };
}

/**
 * The unit that this page is for. Everything that the client hears is kept on the phone before the
 * client acknowledges it, so that nothing is missed whenever the page ends.
 */
class Unit extends EventTarget {
  id = named().id;
  area = named().area;
  missed = 0;
  awaySince = Date.now();
  problems = new Map();
  #memory = null;
  #client = null;
  #asked = new Set();
  #missed = new Set();
  #news = [];
  #settling = false;
  #greetedAt = 0;
  #hiddenAt = null;
  #wasConnected = false;

  start() {
    this.#memory = new Memory(this.id);
    this.#memory.entries.forEach(({ alert, missed }) => missed && this.#missed.add(alert.id));
    this.#meet();
    setTimeout(() => this.#changed(), PATIENCE_MILLIS);
  }

  /** `connecting`, `connected`, `lost` or `refused`. */
  get state() {
    const state = this.#client?.state ?? 'connecting';
    if (state === 'connected' || state === 'refused') return state;
    return this.#wasConnected || Date.now() - this.awaySince >= PATIENCE_MILLIS ? 'lost' : 'connecting';
  }

  get reason() {
    return this.#client?.lastError?.detail ?? '';
  }

  /** Newest first: `{ alert, claim, missed, standing }`, where standing is `open`, `asked`, `mine`, `other` or `resolved`. */
  get entries() {
    return this.#memory.entries.map((entry) => ({ ...entry, standing: this.#standing(entry) }));
  }

  claim({ id }) {
    return this.#ask(id, () => this.#client.claim(id));
  }

  resolve({ id }, outcome) {
    return this.#ask(id, () => this.#client.resolve(id, outcome));
  }

  /** The person has read what was missed. */
  seen() {
    this.missed = 0;
    this.#changed();
  }

  async #meet() {
    const service = await alertService().catch(() => null);
    if (!service) {
      setTimeout(() => this.#meet(), ASK_AGAIN_MILLIS);
      return;
    }
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.#begin(new PatrolClient({ services: [`${scheme}://${service}`], unit: this.id, area: this.area?.split(','), token: session.token }));
  }

  #begin(client) {
    this.#client = client;
    for (const { alert, cursor, claim } of this.#memory.entries) client.entries.set(alert.id, { alert, cursor, claim });
    client.addEventListener('alert', ({ detail }) => this.#heard(detail));
    client.addEventListener('claim', () => this.#settle());
    client.addEventListener('state', () => this.#turned());
    addEventListener('online', () => this.#wake());
    document.addEventListener('visibilitychange', () => this.#looked());
    setInterval(() => client.state === 'connecting' && session.check(), PATIENCE_MILLIS);
    client.start();
  }

  #standing({ alert, claim }) {
    if (this.#asked.has(alert.id)) return 'asked';
    if (!claim) return 'open';
    if (claim.outcome) return 'resolved';
    return claim.unitId === this.id ? 'mine' : 'other';
  }

  async #ask(id, say) {
    this.problems.delete(id);
    this.#asked.add(id);
    this.#changed();
    const { type, code } = await say();
    this.#asked.delete(id);
    if (type === 'error') this.problems.set(id, code);
    this.#settle();
  }

  #heard({ alert, claim }) {
    const known = this.#memory.entries.find((entry) => entry.alert.id === alert.id)?.alert;
    const news = !known || (alert.escalatedAt && !known.escalatedAt);
    if (news && Date.parse(alert.escalatedAt ?? alert.raisedAt) < this.#greetedAt - CLOCKS_DIFFER_MILLIS) {
      this.#missed.add(alert.id);
      if (!claim) this.missed++;
    } else if (news && !claim) this.#news.push(alert);
    this.#settle();
  }

  /** What comes in one go is kept together, and before the client acknowledges it. */
  #settle() {
    if (this.#settling) return;
    this.#settling = true;
    queueMicrotask(() => {
      this.#settling = false;
      const { entries } = this.#client;
      const kept = this.#memory.keep([...entries.values()].map((entry) => ({ ...entry, missed: this.#missed.has(entry.alert.id) })));
      for (const id of entries.keys()) if (!kept.has(id)) entries.delete(id);
      if (this.#news.length > 0) this.dispatchEvent(new CustomEvent('alerts', { detail: this.#news }));
      this.#news = [];
      this.#changed();
    });
  }

  #turned() {
    if (this.state === 'connected') {
      this.#wasConnected = true;
      this.#greetedAt = Date.now();
      this.awaySince = null;
    } else this.awaySince ??= Date.now();
    this.#changed();
  }

  /** After a sleep the connection may be dead without a sign; a new one goes on where it was. */
  #looked() {
    if (document.hidden) this.#hiddenAt = Date.now();
    else if (Date.now() - this.#hiddenAt > SLEEP_MILLIS || this.#client.state !== 'connected') this.#wake();
  }

  #wake() {
    if (this.#client.state === 'refused') return;
    this.#client.close();
    this.#client.start();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

export const unit = new Unit();
