const ROWS = 10;

const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
/** As people sort names: numbers in them by their size. */
export const byName = new Intl.Collator(undefined, { numeric: true });

/**
 * The rows of a long table: found by their name, sorted, and shown a page at a time. What was chosen
 * is in the address, so that a reload, the way back and a shared link show the same rows.
 */
export class Listing extends EventTarget {
  #columns;
  #given;
  #text;
  #column;
  #descending;
  #page;
  #key = null;
  #sorted = [];

  /** @param columns by name, the value of a row to sort by; `given` is the one that rows come sorted by */
  constructor(columns, given) {
    super();
    const asked = new URLSearchParams(location.search);
    const sort = asked.get('sort') ?? given;
    this.#columns = columns;
    this.#given = given;
    this.#text = asked.get('q') ?? '';
    this.#descending = sort.startsWith('-');
    this.#column = sort.replace('-', '');
    if (!(this.#column in columns)) [this.#column, this.#descending] = [given, false];
    this.#page = Math.max(1, Math.floor(Number(asked.get('page'))) || 1);
  }

  get text() {
    return this.#text;
  }

  get sort() {
    return (this.#descending ? '-' : '') + this.#column;
  }

  /** `ascending`, `descending`, or null where the rows are not sorted by this column. */
  orderOf(column) {
    if (column !== this.#column) return null;
    return this.#descending ? 'descending' : 'ascending';
  }

  find(text) {
    this.#text = text;
    this.#turn(1);
  }

  /** A second time turns the order around. Figures begin with the largest, names and the given order with the first. */
  sortBy(column) {
    this.#descending = column === this.#column ? !this.#descending : ![this.#given, 'exercise'].includes(column);
    this.#column = column;
    this.#turn(1);
  }

  turn(by) {
    this.#turn(this.#page + by);
  }

  /** Turns to the page that shows the row of this exercise; without the search where that does not find it. */
  reveal(exerciseId, rows) {
    const at = () => this.#sort(rows).findIndex((row) => row.exerciseId === exerciseId);
    if (at() < 0) this.#text = '';
    this.#turn(Math.floor(Math.max(0, at()) / ROWS) + 1);
  }

  /** `{ rows, from, to, found, isFirst, isLast }`: those of this page, and which of all that were found they are. */
  pageOf(rows) {
    const sorted = this.#sort(rows);
    const pages = Math.max(1, Math.ceil(sorted.length / ROWS));
    const page = Math.min(this.#page, pages);
    const from = (page - 1) * ROWS;
    const shown = sorted.slice(from, from + ROWS);
    return { rows: shown, from: from + 1, to: from + shown.length, found: sorted.length, isFirst: page === 1, isLast: page === pages };
  }

  /** Sorted once for the same rows and choice: pages are drawn again far more often. Rows without a value come last. */
  #sort(rows) {
    const key = [rows, this.#text, this.sort];
    if (this.#key?.every((one, i) => one === key[i])) return this.#sorted;
    const wanted = plain(this.#text);
    const found = wanted ? rows.filter(({ exerciseId }) => plain(exerciseId).includes(wanted)) : [...rows];
    const value = this.#columns[this.#column];
    const sign = this.#descending ? -1 : 1;
    if (this.#column !== this.#given) found.sort((a, b) => sign * compare(value(a), value(b)));
    else if (this.#descending) found.reverse();
    const hasValue = (row) => (value(row) ?? null) !== null;
    this.#sorted = [...found.filter(hasValue), ...found.filter((row) => !hasValue(row))];
    this.#key = key;
    return this.#sorted;
  }

  #turn(page) {
    this.#page = Math.max(1, page);
    const url = new URL(location.href);
    const write = (parameter, value, usual) => {
      if (value === usual) url.searchParams.delete(parameter);
      else url.searchParams.set(parameter, value);
    };
    write('q', this.#text, '');
    write('sort', this.sort, this.#given);
    write('page', `${this.#page}`, '1');
    history.replaceState(null, '', url);
    this.dispatchEvent(new Event('change'));
  }
}

function compare(a, b) {
  return typeof a === 'string' ? byName.compare(a, b) : a - b || 0;
}
