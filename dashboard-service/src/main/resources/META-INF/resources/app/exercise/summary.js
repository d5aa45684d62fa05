import { html, nothing } from 'lit';
import { partOf } from '../part.js';
import { count, decimal, percent, say } from '../language.js';
import { store } from '../store.js';
import { name } from '../name.js';
import { absence } from '../parts/section.js';
import { sinceWhen } from './threshold-change.js';

/** The exercise's name and its figures at a glance. */
customElements.define('vigie-exercise-summary', class extends partOf(store) {
  render() {
    const rate = store.rates?.exercises.find((e) => e.exerciseId === store.exercise);
    return html`
      <section aria-labelledby="exercise-title">
        <h2 id="exercise-title" class="exercise-name">${name(store.exercise)}</h2>
        ${absence('rates', () => !rate, say('unknownExercise')) ?? nothing}
        ${rate ? figures(rate) : nothing}
        ${rate?.thresholdChange ? html`<p class="aside" data-figure="thresholdChange">${sinceWhen(rate.thresholdChange)}</p>` : nothing}
      </section>`;
  }
});

const figures = (rate) => html`
  <dl class="glance">
    ${rate.withheld ? figure('rate', '–', say('withheld')[rate.withheld], 'successRate', '')
      : figure('rate', percent(rate.successRate), `${decimal(rate.low * 100)} – ${decimal(rate.high * 100)} %`, 'successRate', rate.successRate)}
    ${figure('mean', decimal(rate.mean), `± ${decimal(rate.standardDeviation)}`, 'mean', rate.mean)}
    ${figure('results', count(rate.n), null, 'n', rate.n)}
    ${figure('failures', count(rate.failures), null, 'failures', rate.failures)}
    ${figure(['notPassed', decimal(store.rates.passMark)], count(rate.notPassed), null, 'notPassed', rate.notPassed)}
    ${rate.students === null ? nothing : figure('students', count(rate.students), '± 2 %', 'students', rate.students)}
  </dl>`;

const figure = (words, value, beside, key, exact) => html`
  <div>
    <dt>${say(...[words].flat())}</dt>
    <dd data-figure=${key} data-value=${exact}>${value} ${beside ? html`<span class="quiet">${beside}</span>` : nothing}</dd>
  </div>`;
