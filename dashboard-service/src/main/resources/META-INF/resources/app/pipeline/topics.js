import { html, nothing } from 'lit';
import { partOf } from '../part.js';
import { count, decimal, say } from '../language.js';
import { notice } from '../notice.js';
import { store } from '../store.js';
import { head } from '../parts/section.js';

const DEAD_LETTERS = 'vigie.dead-letters';

/** How many records each topic has taken, and how fast more come. */
customElements.define('vigie-topics', class extends partOf(store) {
  render() {
    const { pipeline, errors } = store;
    const topics = pipeline?.topics ?? [];
    const dead = topics.find(({ topic }) => topic === DEAD_LETTERS)?.records ?? 0;
    return html`
      <section aria-labelledby="topics-title">
        ${head('topics', say('topicsIntro'), null)}
        ${errors.pipeline || pipeline?.kafkaProblem ? notice('error', say('unavailable')) : nothing}
        ${dead > 0 ? notice('error', say('deadLetters', count(dead))) : nothing}
        <table id="topics" aria-labelledby="topics-title">
          <thead><tr>
            <th scope="col">${say('topic')}</th>
            <th scope="col" class="number">${say('perSecond')}</th>
            <th scope="col" class="number">${say('records')}</th>
          </tr></thead>
          <tbody>${topics.map(({ topic, records, perSecond }) => html`
            <tr data-topic=${topic}>
              <th scope="row">${topic}</th>
              <td class="number" data-figure="perSecond">${perSecond === null ? '–' : decimal(perSecond)}</td>
              <td class="number" data-figure="records">${count(records)}</td>
            </tr>`)}</tbody>
        </table>
      </section>`;
  }
});
