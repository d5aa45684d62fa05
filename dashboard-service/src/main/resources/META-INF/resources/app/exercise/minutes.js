import { html, nothing, svg } from 'lit';
import { partOf } from '../part.js';
import { count, decimal, percent, phrase, say, shortDay, time } from '../language.js';
import { store } from '../store.js';
import { share } from '../share.js';
import { scale } from './bars.js';
import { name } from '../name.js';
import { absence, head } from '../parts/section.js';
import { spans } from './spans.js';

/** How the exercise went so far: results a span of time, those that failed in front, and the same as a table. */
customElements.define('vigie-exercise-minutes', class extends partOf(store) {
  render() {
    const shown = spans(store.minutes?.minutes ?? []);
    return html`
      <section aria-labelledby="minutes-title">
        ${head('minutes', store.exercise ? phrase('minutesIntro', name(store.exercise)) : '', store.exercise ? `${store.pathOf(store.exercise)}/minutes` : null)}
        ${absence('minutes', (answer) => answer.minutes.length === 0, say('noRates')) ?? nothing}
        ${shown.length > 0 ? html`${bars(shown)}${table([...shown].reverse().filter(({ n, failures }) => n + failures > 0), moment(shown))}` : nothing}
      </section>`;
  }
});

function bars(shown) {
  const { top, lines } = scale(Math.max(...shown.map(({ n, failures }) => Math.max(n, failures))));
  const width = 100 / shown.length;
  const label = moment(shown);
  const bar = (kind, i, n) => svg`
    <rect class=${kind} x="${(i + 0.08) * width}%" width="${0.84 * width}%" y="${100 - (100 * n) / top}%" height="${(100 * n) / top}%"></rect>`;
  return html`
    <svg class="bars tall" aria-hidden="true" height="210">
      ${lines}
      ${shown.map(({ begin, end, n, failures }, i) => svg`<g><title>${label(begin)} – ${label(end)}
${say('results')} ${count(n)}, ${say('failures')} ${count(failures)}</title>${bar('bar', i, n)}${bar('fallen', i, failures)}</g>`)}
    </svg>
    <p class="axis ends" aria-hidden="true"><i>${label(shown[0].begin)}</i><i>${label(shown[Math.floor(shown.length / 2)].begin)}</i><i>${label(shown[shown.length - 1].end)}</i></p>
    <p class="legend" aria-hidden="true"><span class="step"><i class="bar"></i>${say('results')}</span>
      <span class="step"><i class="fallen"></i>${say('failures')}</span></p>`;
}

/** A time of the day, with the day where there are several. */
function moment(spans) {
  const ends = [spans[0].begin, spans[spans.length - 1].begin];
  return shortDay(ends[0]) === shortDay(ends[1]) ? time : (instant) => `${shortDay(instant)}, ${time(instant)}`;
}

const table = (latestFirst, label) => html`
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
          <th scope="row">${label(span.begin)} – ${label(span.end)}</th>
          <td class="number" data-figure="n">${count(span.n)}</td>
          <td class="number" data-figure="failures">${count(span.failures)}</td>
          <td class="number">${percent(share(span), 0)}</td>
          <td class="number">${span.mean === null ? '–' : decimal(span.mean)}</td>
        </tr>`)}</tbody>
    </table>
  </div>`;
