import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { partOf } from '../part.js';
import { head } from '../parts/section.js';
import { count, decimal, say } from '../language.js';
import { notice } from '../notice.js';
import { alertServiceUrl } from '../alert-service.js';
import { session } from '../session.js';
import { register } from './register.js';
import { verdict } from './verdict.js';
import { scale } from './scale.js';

customElements.define('vigie-exercises', class extends partOf(register) {
  static properties = { csv: { state: true } };
  #at = null;

  async firstUpdated() {
    this.csv = await alertServiceUrl('/v1/thresholds').catch(() => null);
  }

  /** Whoever uses a keyboard goes on with what has just appeared, and in the end where it began. */
  updated() {
    if (this.#at === null) return;
    const edit = register.edits.get(this.#at);
    const row = `tr[data-exercise="${CSS.escape(this.#at)}"]`;
    const target = this.querySelector(edit ? `${row} .verdict` : `${row} [data-action="edit"]`)
      ?? this.querySelector(`${row} input`);
    target?.focus();
    target?.select?.();
    if (!edit || !['sending', 'done'].includes(edit.phase)) this.#at = null;
  }

  render() {
    const { exercises, thresholds, error, fulfilled } = register;
    return html`
      <section aria-labelledby="exercises-title">
        ${head('exercises', say('exercisesIntro'), this.csv)}
        <p class="unseen" role="status">${fulfilled ? say(fulfilled.deleting ? 'deletedWords' : 'savedWords', fulfilled.exerciseId, fulfilled.text) : nothing}</p>
        ${absence(exercises, thresholds, error)}
        ${exercises.length === 0 ? nothing : html`
          <table id="thresholds" role="table" aria-labelledby="exercises-title">
            <thead role="rowgroup"><tr role="row">
              <th role="columnheader" scope="col">${say('exercise')}</th>
              <th role="columnheader" scope="col" class="plot-head"><span class="unseen">${say('scaleWords')}</span>
                <span aria-hidden="true" class="axis"><i>0</i><i>50</i><i>100</i></span></th>
              <th role="columnheader" scope="col" class="number">${say('threshold')}</th>
              <th role="columnheader" scope="col" class="number">${say('mean')}</th>
              <th role="columnheader" scope="col" class="number">${say('results')}</th>
              <th role="columnheader" scope="col" class="number">${say('version')}</th>
              <th role="columnheader" scope="col"><span class="unseen">${say('actions')}</span></th>
            </tr></thead>
            <tbody role="rowgroup">${repeat(exercises, (one) => one.exerciseId, (one) => this.#row(one))}</tbody>
          </table>`}
      </section>`;
  }

  #row(one) {
    const edit = register.edits.get(one.exerciseId);
    const rate = register.rates.get(one.exerciseId);
    return html`
      <tr role="row" data-exercise=${one.exerciseId} data-version=${one.version ?? ''} data-phase=${edit?.phase ?? nothing}>
        <th role="rowheader" scope="row">${one.exerciseId}</th>
        <td role="cell" class="plot">${scale(one.threshold, edit && !edit.deleting ? edit.value : null, rate?.mean)}</td>
        <td role="cell" class="number strong" data-figure="threshold" data-value=${one.threshold ?? ''}>${one.threshold === null
          ? html`<span class="none">${register.thresholds ? say('noThreshold') : '–'}</span>` : decimal(one.threshold)}</td>
        <td role="cell" class="number" data-label=${say('mean')}>${rate ? decimal(rate.mean) : '–'}</td>
        <td role="cell" class="number" data-label=${say('results')}>${rate ? count(rate.n) : '–'}</td>
        <td role="cell" class="number quiet" data-label=${say('version')} data-figure="version">${one.version ?? '–'}</td>
        <td role="cell" class="actions">${edit || !session.may('admin') ? nothing : this.#actions(one)}</td>
      </tr>
      ${edit ? html`
        <tr role="row" class="editing" data-exercise=${one.exerciseId} data-phase=${edit.phase}>
          <td role="cell" colspan="7">${verdict(edit, () => { this.#at = one.exerciseId; })}</td>
        </tr>` : nothing}`;
  }

  #actions({ exerciseId, threshold }) {
    const open = () => {
      this.#at = exerciseId;
      register.edit(exerciseId);
    };
    return html`
      <button class="plain" data-action="edit" aria-label=${say(threshold === null ? 'setOf' : 'changeOf', exerciseId)}
        @click=${open}>${say(threshold === null ? 'set' : 'change')}</button>`;
  }
});

function absence(exercises, thresholds, error) {
  if (error) return notice('error', say(error.code === 'unconfirmed' ? 'unconfirmedDetail' : 'alertServiceAway'));
  if (!thresholds) return notice('loading', say('loading'));
  return exercises.length === 0 ? notice('empty', say('noThresholds')) : nothing;
}
