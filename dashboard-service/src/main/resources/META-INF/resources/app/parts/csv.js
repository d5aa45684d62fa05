import { html, nothing } from 'lit';
import { partOf } from '../part.js';
import { say } from '../language.js';
import { request } from '../fetch.js';

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
      link.href = URL.createObjectURL(await answer.blob());
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
