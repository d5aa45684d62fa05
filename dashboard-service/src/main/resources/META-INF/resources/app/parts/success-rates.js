import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { partOf } from '../part.js';
import { count, decimal, percent, say } from '../language.js';
import { store } from '../store.js';
import { name, plainName } from '../name.js';
import { Listing } from '../listing.js';
import { pager, search, sortable } from './listing-controls.js';
import { absence, head } from './section.js';
import { intervalPlot } from './interval-plot.js';
import { addressOf } from '../exercise/address.js';
import { sinceWhen } from '../exercise/threshold-change.js';

/* A rate counts by the upper end of its interval: what is surely low comes before what few results say. */
const COLUMNS = {
  exercise: (e) => e.exerciseId, rate: (e) => e.high, mean: (e) => e.mean, results: (e) => e.n, failures: (e) => e.failures,
};

/** The exercise that the address names is in sight from the start. */
const listing = new Listing(COLUMNS, 'rate');

customElements.define('vigie-success-rates', class extends partOf(store, listing) {
  #revealed = ['page', 'q'].some((one) => new URLSearchParams(location.search).has(one));

  willUpdate() {
    if (this.#revealed || !store.rates) return;
    this.#revealed = true;
    if (new URLSearchParams(location.search).has('exercise')) listing.reveal(store.exercise, store.rates.exercises);
  }

  render() {
    const exercises = store.rates?.exercises ?? [];
    const page = listing.pageOf(exercises);
    return html`
      <section aria-labelledby="rates-title">
        ${head('rates', say('ratesIntro'), '/v1/exercises/success-rates')}
        ${absence('rates', (rates) => rates.exercises.length === 0, say('noRates')) ?? nothing}
        ${exercises.length > 0 ? html`
          ${search(listing, Object.keys(COLUMNS).map((column) => [column, say(column)]))}
          ${this.#table(page.rows)}${pager(listing, page)}` : nothing}
        ${store.rates?.others.exercises > 0 ? html`<p id="other-exercises" class="aside">${
          say('otherExercises', count(store.rates.others.exercises), count(store.rates.others.n))}</p>` : nothing}
      </section>`;
  }

  /* The roles are said again, since a small screen lays the rows out as blocks. */
  #table(rows) {
    return html`
      <table id="success-rates" role="table" aria-labelledby="rates-title">
        <thead role="rowgroup"><tr role="row">
          ${sortable(listing, 'exercise', say('exercise'), '')}
          <th role="columnheader" scope="col" class="plot-head"><span class="unseen">${say('chart')}</span>
            <span aria-hidden="true" class="axis"><i>0</i><i>50</i><i>100 %</i></span></th>
          ${sortable(listing, 'rate', say('rate'), 'number')}
          <th role="columnheader" scope="col" class="number">${say('interval')}</th>
          ${sortable(listing, 'mean', html`<abbr title="${say('mean')} ± ${say('spread')}">${say('mean')}</abbr>`, 'number')}
          ${sortable(listing, 'results', say('results'), 'number')}
          ${sortable(listing, 'failures', say('failures'), 'number')}
        </tr></thead>
        <tbody role="rowgroup">${repeat(rows, (e) => e.exerciseId, row)}</tbody>
      </table>`;
  }
});

const row = (e) => html`
  <tr role="row" data-exercise=${e.exerciseId} ?data-chosen=${e.exerciseId === store.exercise}>
    <th role="rowheader" scope="row"><button class="pick" aria-pressed=${e.exerciseId === store.exercise}
      aria-label=${say('showOnMap', plainName(e.exerciseId))} @click=${() => store.show(e.exerciseId)}>${name(e.exerciseId)}</button>
      <a class="more" href=${addressOf(e.exerciseId)} aria-label=${say('allAbout', plainName(e.exerciseId))}>→</a>
      ${e.thresholdChange ? html`<span class="quiet since" data-figure="thresholdChange">${sinceWhen(e.thresholdChange)}</span>` : nothing}</th>
    ${e.withheld ? html`<td role="cell" class="quiet" colspan="3" data-withheld=${e.withheld}>${say('withheld')[e.withheld]}</td>` : html`
      <td role="cell" class="plot">${intervalPlot(e)}</td>
      <td role="cell" class="number strong" data-figure="successRate" data-value=${e.successRate}>${percent(e.successRate)}</td>
      <td role="cell" class="number quiet" data-label=${say('interval')} data-figure="interval">${decimal(e.low * 100)} – ${decimal(e.high * 100)}</td>`}
    <td role="cell" class="number" data-label=${say('mean')} data-figure="mean" data-value=${e.mean}>${decimal(e.mean)}
      <span class="quiet spread">± ${decimal(e.standardDeviation)}</span></td>
    <td role="cell" class="number" data-label=${say('results')} data-figure="n" data-value=${e.n}>${count(e.n)}</td>
    <td role="cell" class="number" data-label=${say('failures')} data-figure="failures" data-value=${e.failures}>${count(e.failures)}</td>
  </tr>`;
