import { alertService } from '../alert-service.js';
import { session } from '../session.js';
import { Memory } from './memory.js';
import { PatrolClient, stands } from './patrol-client.js';
import { UndoableClaims } from './undo.js';

const ASK_AGAIN_MILLIS = 2000;
const CLOCKS_DIFFER_MILLIS = 5000;
const SLEEP_MILLIS = 30_000;
const PATIENCE_MILLIS = 5000;
const SETTLE_MILLIS = 100;

/** Where there are too many, these are kept: the last first. */
const KEPT_FIRST = ['resolved', 'other', 'open', 'undoable', 'asked', 'mine'];

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

  /** How many alerts came to this page that the phone does not keep: others are newer, or nearer to being answered. */
  dropped = 0;
  awaySince = Date.now();
  problems = new Map();
  #memory = null;
  #client = null;
  #asked = new Set();
  #missed = new Set();
  #undoable = new UndoableClaims((id) => this.#ask(id, () => this.#client.claim(id)));
  #heardOf = new Set();
  #escalated = new Map();
  #isFirst = false;
  #isUnkept = false;
  #news = [];
  #settling = false;
  #greetedAt = 0;
  #hiddenAt = null;
  #wasConnected = false;

  start() {
    this.#memory = new Memory(this.id);
    this.#isFirst = this.#memory.isNew;
    this.#memory.entries.forEach(({ alert, missed }) => {
      this.#noteHeard(alert);
      if (missed) this.#missed.add(alert.id);
    });
    addEventListener('offline', () => this.#turned());
    this.#meet();
    setTimeout(() => this.#changed(), PATIENCE_MILLIS);
  }

  /** `connecting`, `connected`, `lost` or `refused`. */
  get state() {
    if (!navigator.onLine) return 'lost';
    const state = this.#client?.state ?? 'connecting';
    if (state === 'connected' || state === 'refused') return state;
    return this.#wasConnected || Date.now() - this.awaySince >= PATIENCE_MILLIS ? 'lost' : 'connecting';
  }

  get reason() {
    return this.#client?.lastError?.detail ?? '';
  }

  /** Newest first: `{ alert, claim, missed, standing }`, where standing is `open`, `undoable`, `asked`, `mine`, `other` or `resolved`. */
  get entries() {
    return this.#memory.entries.map((entry) => ({ ...entry, standing: this.#standing(entry) }));
  }

  /** It is sent in a while, until when `undo` takes it back. */
  claim({ id }) {
    this.problems.delete(id);
    this.#undoable.add(id);
    this.#changed();
  }

  undo({ id }) {
    this.#undoable.remove(id);
    this.#changed();
  }

  /** Whether there is a claim that can be undone. */
  get claiming() {
    return this.#undoable.size > 0;
  }

  /** Milliseconds until the claim of this alert is sent. */
  undoLeft({ id }) {
    return this.#undoable.left(id);
  }

  /** How many of the alerts that were missed are kept. */
  get missedKept() {
    return this.#memory.entries.filter(({ alert, claim }) => this.#missed.has(alert.id) && !stands(claim)).length;
  }

  resolve({ id }, outcome) {
    return this.#ask(id, () => this.#client.resolve(id, outcome));
  }

  /** Gives the claim back, so that another unit may go. */
  release({ id }) {
    return this.#ask(id, () => this.#client.release(id));
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
    client.addEventListener('claim', ({ detail }) => this.#learned(detail));
    client.addEventListener('acknowledge', () => this.#keep());
    client.addEventListener('state', () => this.#turned());
    addEventListener('online', () => this.#wake());
    document.addEventListener('visibilitychange', () => this.#looked());
    setInterval(() => client.state === 'connecting' && session.check(), PATIENCE_MILLIS);
    client.start();
  }

  #standing({ alert, claim }) {
    if (this.#asked.has(alert.id)) return 'asked';
    if (this.#undoable.has(alert.id)) return 'undoable';
    if (!stands(claim)) return 'open';
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

  /** A unit that signs in for the first time was never away. An alert is raised again after its claim was given back. */
  #heard({ alert, claim }) {
    const { id, escalatedAt } = alert;
    const isNews = !this.#heardOf.has(id) || Date.parse(escalatedAt) > (this.#escalated.get(id) ?? 0);
    const isOpen = !stands(claim) || Date.parse(escalatedAt) > Date.parse(claim.claimedAt);
    this.#noteHeard(alert);
    const wasAway = Date.parse(alert.escalatedAt ?? alert.raisedAt) < this.#greetedAt - CLOCKS_DIFFER_MILLIS;
    if (isNews && wasAway && !this.#isFirst) {
      if (isOpen && !this.#missed.has(id)) this.missed++;
      this.#missed.add(id);
    } else if (isNews && !wasAway && isOpen && claim?.unitId !== this.id) this.#news.push(alert);
    this.#settle();
  }

  /** Another unit may be first while a claim waits to be sent. */
  #learned({ alert, claim }) {
    const waited = this.#undoable.remove(alert.id);
    if (waited && stands(claim) && claim.unitId !== this.id) this.problems.set(alert.id, 'already-claimed');
    this.#settle();
  }

  #noteHeard({ id, escalatedAt }) {
    this.#heardOf.add(id);
    if (escalatedAt) this.#escalated.set(id, Date.parse(escalatedAt));
  }

  /** What comes within a tenth of a second is kept and shown together. */
  #settle() {
    this.#isUnkept = true;
    if (this.#settling) return;
    this.#settling = true;
    setTimeout(() => {
      this.#settling = false;
      this.#keep();
      if (this.#news.length > 0) this.dispatchEvent(new CustomEvent('alerts', { detail: this.#news }));
      this.#news = [];
      this.#changed();
    }, SETTLE_MILLIS);
  }

  /** Before the client acknowledges what came, the phone has it. */
  #keep() {
    if (!this.#isUnkept) return;
    this.#isUnkept = false;
    const { entries } = this.#client;
    const all = [...entries.values()].map((entry) => ({ ...entry, missed: this.#missed.has(entry.alert.id) }));
    const kept = this.#memory.keep(all, (entry) => KEPT_FIRST.indexOf(this.#standing(entry)));
    for (const id of entries.keys()) if (!kept.has(id)) entries.delete(id);
    this.dropped = this.#heardOf.size - kept.size;
  }

  #turned() {
    if (this.state === 'connected') {
      this.#wasConnected = true;
      this.#greetedAt = Date.now();
      this.awaySince = null;
    } else {
      if (this.#wasConnected) this.#isFirst = false;
      this.awaySince ??= Date.now();
    }
    this.#changed();
  }

  /** After a sleep the connection may be dead without a sign; a new one goes on where it was. */
  #looked() {
    if (document.hidden) this.#hiddenAt = Date.now();
    else if (Date.now() - this.#hiddenAt > SLEEP_MILLIS || this.#client.state !== 'connected') this.#wake();
  }

  #wake() {
    if (this.#client.state === 'refused') return this.#turned();
    this.#client.close();
    this.#client.start();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

export const unit = new Unit();
