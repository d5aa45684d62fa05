import { html, nothing, svg } from 'lit';
import { partOf } from '../part.js';
import { count, decimal, percent, say } from '../language.js';
import { store } from '../store.js';
import { absence, head } from '../parts/section.js';
import { scale } from './bars.js';

const TENTHS = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90];

/** How the scores are distributed: a bar a tenth, and the same as a table. */
customElements.define('vigie-exercise-scores', class extends partOf(store) {
  render() {
    const known = store.scores?.scores ?? [];
    const tenths = TENTHS.map((from) => known.find((tenth) => tenth.from === from) ?? { from, to: from + 10, n: 0 });
    const all = tenths.reduce((sum, { n }) => sum + n, 0);
    return html`
      <section aria-labelledby="scores-title">
        ${head('scores', say('scoresIntro'), `${store.pathOf(store.exercise)}/scores`)}
        ${absence('scores', () => all === 0, say('noRates')) ?? nothing}
        ${all > 0 ? html`${bars(tenths)}${table(tenths, all)}` : nothing}
      </section>`;
  }
});

function bars(tenths) {
  const { top, lines } = scale(Math.max(...tenths.map(({ n }) => n)));
  const passMark = store.rates?.passMark ?? null;
  return html`
    <svg class="bars" aria-hidden="true" height="150">
      ${lines}
      ${tenths.map(({ from, to, n }) => svg`
        <rect class="bar" x="${from + 0.6}%" width="8.8%" y="${100 - (100 * n) / top}%" height="${(100 * n) / top}%"><title>${from} – ${to}: ${count(n)}</title></rect>`)}
      ${passMark === null ? nothing : svg`<line class="mark" x1="${passMark}%" x2="${passMark}%" y1="0" y2="100%"></line>`}
    </svg>
    <p class="axis" aria-hidden="true"><i>0</i><i>50</i><i>100</i></p>
    ${passMark === null ? nothing : html`<p class="legend" aria-hidden="true"><span class="step"><i class="mark"></i>${say('passMark', decimal(passMark))}</span></p>`}`;
}

const table = (tenths, all) => html`
  <table id="scores" aria-labelledby="scores-title">
    <thead><tr>
      <th scope="col">${say('scoreOf')}</th>
      <th scope="col" class="number">${say('results')}</th>
      <th scope="col" class="number">${say('part')}</th>
    </tr></thead>
    <tbody>${tenths.map(({ from, to, n }) => html`
      <tr data-from=${from}>
        <th scope="row">${from} – ${to}</th>
        <td class="number" data-figure="n">${count(n)}</td>
        <td class="number">${percent(n / all)}</td>
      </tr>`)}</tbody>
  </table>`;
