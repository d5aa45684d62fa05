import { html, nothing, svg } from 'lit';
import { partOf } from '../part.js';
import { count, decimal, percent, phrase, say, time } from '../language.js';
import { store } from '../store.js';
import { share } from '../share.js';
import { name } from '../name.js';
import { absence, head } from '../parts/section.js';
import { byClock, spans } from './spans.js';

/** How the exercise went so far: results a span of time, those that failed in front, and the same as a table. */
customElements.define('vigie-exercise-minutes', class extends partOf(store) {
  render() {
    const { near, far } = byClock(store.minutes?.minutes ?? []);
    const shown = spans(near);
    return html`
      <section aria-labelledby="minutes-title">
        ${head('minutes', store.exercise ? phrase('minutesIntro', name(store.exercise)) : '', store.exercise ? `${store.pathOf(store.exercise)}/minutes` : null)}
        ${absence('minutes', (answer) => answer.minutes.length === 0, say('noRates')) ?? nothing}
        ${far.length > 0 ? html`<p class="aside">${say('clocksOff', count(far.reduce((sum, { n }) => sum + n, 0)))}</p>` : nothing}
        ${shown.length > 0 ? html`${bars(shown)}${table([...shown].reverse().filter(({ n, failures }) => n + failures > 0))}` : nothing}
      </section>`;
  }
});

function bars(shown) {
  const most = Math.max(...shown.map(({ n, failures }) => Math.max(n, failures)));
  const width = 100 / shown.length;
  const bar = (kind, i, n) => svg`
    <rect class=${kind} x="${(i + 0.08) * width}%" width="${0.84 * width}%" y="${100 - (100 * n) / most}%" height="${(100 * n) / most}%"></rect>`;
  return html`
    <svg class="bars tall" aria-hidden="true" height="210">
      ${shown.map(({ n, failures }, i) => [bar('bar', i, n), bar('fallen', i, failures)])}
    </svg>
    <p class="axis ends" aria-hidden="true"><i>${time(shown[0].begin)}</i><i>${time(shown[shown.length - 1].end)}</i></p>
    <p class="legend" aria-hidden="true"><span class="step"><i class="bar"></i>${say('results')}</span>
      <span class="step"><i class="fallen"></i>${say('failures')}</span></p>`;
}

const table = (latestFirst) => html`
  <div class="scroll short" tabindex="0" role="group" aria-labelledby="minutes-title">
    <table id="minutes" aria-labelledby="minutes-title">
      <thead><tr>
        <th scope="col">${say('span')}</th>
        <th scope="col" class="number">${say('results')}</th>
        <th scope="col" class="number">${say('failures')}</th>
        <th scope="col" class="number">${say('share')}</th>
        <th scope="col" class="number">${say('mean')}</th>
      </tr></thead>
      <tbody>${latestFirst.map((span) => html`
        <tr data-begin=${new Date(span.begin).toISOString()}>
          <th scope="row">${time(span.begin)} – ${time(span.end)}</th>
          <td class="number" data-figure="n">${count(span.n)}</td>
          <td class="number" data-figure="failures">${count(span.failures)}</td>
          <td class="number">${percent(share(span), 0)}</td>
          <td class="number">${span.mean === null ? '–' : decimal(span.mean)}</td>
        </tr>`)}</tbody>
    </table>
  </div>`;
