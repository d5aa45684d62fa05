import { html, nothing } from 'lit';
import { partOf } from '../part.js';
import { language, say } from '../language.js';
import { request } from '../fetch.js';

/** One cell with what ends it. */
const CELL = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/g;
const NUMBER = /^-?\d+\.\d+(E-?\d+)?$/;
const BYTE_ORDER_MARK = '\ufeff';

/** CSV as the spreadsheets of this language open it: with a mark that it is UTF-8, in French with its separators. */
function spreadsheet(text) {
  return BYTE_ORDER_MARK + (language.code === 'fr'
    ? text.replace(CELL, (all, cell, end) => (NUMBER.test(cell) ? cell.replace('.', ',') : cell) + (end === ',' ? ';' : end))
    : text);
}

const SAVED_BY_THEN_MILLIS = 60_000;

/** Saves what is at `url` as CSV, which a mere link could not: it sends no token. */
customElements.define('vigie-csv', class extends partOf() {
  static properties = { url: { attribute: false }, of: { attribute: false }, failed: { state: true } };

  render() {
    return html`
      <span role="status" class="aside">${this.failed ? say('unavailable') : nothing}</span>
      <button class="csv" @click=${() => this.#save()}>CSV<span class="unseen"> ${this.of}</span></button>`;
  }

  async #save() {
    try {
      const answer = await request(this.url, { headers: { Accept: 'text/csv' } });
      const link = document.createElement('a');
      link.download = nameOf(answer);
      link.href = URL.createObjectURL(new Blob([spreadsheet(await answer.text())], { type: 'text/csv' }));
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), SAVED_BY_THEN_MILLIS);
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }
});

/** As the service says; alert-service tells pages of another origin nothing, and its path is the name. */
function nameOf(answer) {
  const said = /filename="?([^";]+)/.exec(answer.headers.get('Content-Disposition'))?.[1];
  return said ?? `${new URL(answer.url).pathname.split('/').at(-1)}.csv`;
}
