import { html, nothing } from 'lit';
import { partOf } from '../part.js';
import { say } from '../language.js';
import { notice } from '../notice.js';
import { store } from '../store.js';
import { head } from '../parts/section.js';
import { lamp } from '../parts/lamp.js';

const STATES = {
  READY: ['live', 'ready'],
  NOT_READY: ['stale', 'notReady'],
  UNREACHABLE: ['disconnected', 'unreachable'],
};

/** Whether each of the other processes does its work, and why not, in its own words. */
customElements.define('vigie-parts', class extends partOf(store) {
  render() {
    const { pipeline, errors } = store;
    return html`
      <section aria-labelledby="parts-title">
        ${head('parts', say('partsIntro'), null)}
        ${errors.pipeline ? notice('error', say('unavailable')) : pipeline ? nothing : notice('loading', say('loading'))}
        <ul id="parts">${(pipeline?.parts ?? []).map(item)}</ul>
      </section>`;
  }
});

function item({ name, state, says }) {
  const [mark, word] = STATES[state];
  return html`
    <li data-part=${name} data-state=${mark}>
      <b>${name}</b> ${lamp(mark, say(word))}
      ${says ? html`<span class="quiet" lang="en">${says}</span>` : nothing}
    </li>`;
}
