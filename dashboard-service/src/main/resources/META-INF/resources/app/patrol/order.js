import { whereabouts } from './whereabouts.js';

const PAGE = 20;
const RECENT_MILLIS = 3_600_000;

const raisedAt = ({ alert }) => Date.parse(alert.escalatedAt ?? alert.raisedAt);
const isOurs = ({ standing }) => ['undoable', 'asked', 'mine'].includes(standing);

/** What this unit answers comes first, then the nearest; while the place is not known, the newest. */
function compare(a, b) {
  const [here, there] = [whereabouts.to(a.alert), whereabouts.to(b.alert)];
  return isOurs(b) - isOurs(a) || (here ? here.metres - there.metres : raisedAt(b) - raisedAt(a));
}

/**
 * Which alerts the list shows, and in which order. A card that is shown stays where it is among the
 * others, whatever becomes of its alert, so that no other card's button comes under a thumb: a new
 * card is put in where it belongs, and all are sorted again when the person asks for that.
 */
export class CardOrder {
  all = false;
  #ids = [];
  #most = PAGE;
  #byDistance = false;

  more() {
    this.#most += PAGE;
  }

  show(all) {
    this.all = all;
    this.again();
  }

  again() {
    this.#ids = [];
    this.#most = PAGE;
  }

  /** `{ cards, found, done }`: the entries shown, how many there are to show, and how many of those shown are no more open. */
  of(entries, touched) {
    this.#followPlace(touched);
    const byId = new Map(entries.map((entry) => [entry.alert.id, entry]));
    this.#ids = this.#ids.filter((id) => byId.has(id));
    const known = new Set(this.#ids);
    const now = Date.now();
    const wanted = (entry) => this.all || isOurs(entry) || (entry.standing === 'open' && now - raisedAt(entry) < RECENT_MILLIS);
    const added = entries.filter((entry) => !known.has(entry.alert.id) && wanted(entry)).sort(compare);
    this.#ids = merge(this.#ids.map((id) => byId.get(id)), added).map(({ alert }) => alert.id);
    const cards = this.#ids.slice(0, this.#most).map((id) => byId.get(id));
    return { cards, found: this.#ids.length, done: this.all ? 0 : cards.filter((entry) => !wanted(entry)).length };
  }

  /** The first fix of the place sorts all, unless the person has begun to work with the list. */
  #followPlace(touched) {
    const known = whereabouts.here !== null;
    if (known && !this.#byDistance && !touched) this.#ids = [];
    this.#byDistance = known;
  }
}

/** Puts each of `added`, which are sorted, before the first of `kept` that it precedes. */
function merge(kept, added) {
  const merged = [];
  let next = 0;
  for (const entry of kept) {
    while (next < added.length && compare(added[next], entry) < 0) merged.push(added[next++]);
    merged.push(entry);
  }
  return [...merged, ...added.slice(next)];
}
