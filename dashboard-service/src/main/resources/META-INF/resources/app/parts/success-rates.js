import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { partOf } from '../part.js';
import { count, decimal, percent, say } from '../language.js';
import { store } from '../store.js';
import { absence, head } from './section.js';
import { intervalPlot } from './interval-plot.js';
import { addressOf } from '../exercise/address.js';

customElements.define('vigie-success-rates', class extends partOf(store) {
  static properties = { lowestFirst: { state: true } };

  constructor() {
    super();
    this.lowestFirst = true;
  }

  render() {
    const exercises = store.rates?.exercises ?? [];
    const rated = exercises.filter((e) => !e.withheld);
    const ranked = [...(this.lowestFirst ? rated : rated.reverse()), ...exercises.filter((e) => e.withheld)];
    return html`
      <section aria-labelledby="rates-title">
        ${head('rates', say('ratesIntro'), '/v1/exercises/success-rates')}
        ${absence('rates', (rates) => rates.exercises.length === 0, say('noRates')) ?? nothing}
        ${ranked.length > 0 ? this.#table(ranked) : nothing}
        ${store.rates?.others.exercises > 0 ? html`<p id="other-exercises" class="aside">${
          say('otherExercises', count(store.rates.others.exercises), count(store.rates.others.n))}</p>` : nothing}
      </section>`;
  }

  /* The roles are said again, since a small screen lays the rows out as blocks. */
  #table(ranked) {
    return html`
      <table id="success-rates" role="table" aria-labelledby="rates-title">
        <thead role="rowgroup"><tr role="row">
          <th role="columnheader" scope="col">${say('exercise')}</th>
          <th role="columnheader" scope="col" class="plot-head"><span class="unseen">${say('chart')}</span>
            <span aria-hidden="true" class="axis"><i>0</i><i>50</i><i>100 %</i></span></th>
          <th role="columnheader" scope="col" class="number" aria-sort=${this.lowestFirst ? 'ascending' : 'descending'}>
            <button class="sort" title=${say(this.lowestFirst ? 'lowestFirst' : 'highestFirst')}
              @click=${() => { this.lowestFirst = !this.lowestFirst; }}>${say('rate')}
              <span aria-hidden="true">${this.lowestFirst ? '↑' : '↓'}</span></button></th>
          <th role="columnheader" scope="col" class="number">${say('interval')}</th>
          <th role="columnheader" scope="col" class="number"><abbr title="${say('mean')} ± ${say('spread')}">${say('mean')}</abbr></th>
          <th role="columnheader" scope="col" class="number">${say('results')}</th>
          <th role="columnheader" scope="col" class="number">${say('failures')}</th>
        </tr></thead>
        <tbody role="rowgroup">${repeat(ranked, (e) => e.exerciseId, row)}</tbody>
      </table>`;
  }
});

const row = (e) => html`
  <tr role="row" data-exercise=${e.exerciseId} ?data-chosen=${e.exerciseId === store.exercise}>
    <th role="rowheader" scope="row"><button class="pick" aria-pressed=${e.exerciseId === store.exercise}
      title=${say('showOnMap', e.exerciseId)} @click=${() => store.show(e.exerciseId)}>${e.exerciseId}</button>
      <a class="more" href=${addressOf(e.exerciseId)} aria-label=${say('allAbout', e.exerciseId)} title=${say('allAbout', e.exerciseId)}>→</a></th>
    ${e.withheld ? html`<td role="cell" class="quiet" colspan="3" data-withheld=${e.withheld}>${say('withheld')[e.withheld]}</td>` : html`
      <td role="cell" class="plot">${intervalPlot(e)}</td>
      <td role="cell" class="number strong" data-figure="successRate" data-value=${e.successRate}>${percent(e.successRate)}</td>
      <td role="cell" class="number quiet" data-label=${say('interval')} data-figure="interval">${decimal(e.low * 100)} – ${decimal(e.high * 100)}</td>`}
    <td role="cell" class="number" data-label=${say('mean')} data-figure="mean" data-value=${e.mean}>${decimal(e.mean)}
      <span class="quiet spread">± ${decimal(e.standardDeviation)}</span></td>
    <td role="cell" class="number" data-label=${say('results')} data-figure="n" data-value=${e.n}>${count(e.n)}</td>
    <td role="cell" class="number" data-label=${say('failures')} data-figure="failures" data-value=${e.failures}>${count(e.failures)}</td>
  </tr>`;
