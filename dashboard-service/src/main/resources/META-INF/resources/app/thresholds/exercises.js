import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { partOf } from '../part.js';
import { head } from '../parts/section.js';
import { count, decimal, say } from '../language.js';
import { notice } from '../notice.js';
import { alertServiceUrl } from '../alert-service.js';
import { session } from '../session.js';
import { register } from './register.js';
import { name, plainName } from '../name.js';
import { Listing } from '../listing.js';
import { pager, search, sortable } from '../parts/listing-controls.js';
import { verdict } from './verdict.js';
import { scale } from './scale.js';

const COLUMNS = {
  exercise: (one) => one.exerciseId, threshold: (one) => one.threshold, mean: (one) => one.mean, results: (one) => one.n,
};

const listing = new Listing(COLUMNS, 'exercise');

customElements.define('vigie-exercises', class extends partOf(register, listing) {
  static properties = { csv: { state: true } };
  #at = null;

  async firstUpdated() {
    this.csv = await alertServiceUrl('/v1/thresholds').catch(() => null);
    register.addEventListener('add', ({ detail }) => this.#goTo(detail));
  }

  /** Moves the focus to what has just appeared, in the end to where it began, or to the table where that is gone. */
  updated() {
    if (this.#at === null) return;
    const edit = register.edits.get(this.#at);
    const row = `tr[data-exercise="${CSS.escape(this.#at)}"]`;
    const target = this.querySelector(edit ? `${row} .verdict` : `${row} [data-action="edit"]`)
      ?? this.querySelector(`${row} input`) ?? this.querySelector('#exercises-title');
    target.focus();
    target.select?.();
    if (!edit || !['sending', 'done'].includes(edit.phase)) this.#at = null;
  }

  render() {
    const { thresholds, error, fulfilled } = register;
    const exercises = register.exercises;
    const page = listing.pageOf(exercises);
    return html`
      <section aria-labelledby="exercises-title">
        ${head('exercises', say('exercisesIntro'), this.csv)}
        <p class="unseen" role="status">${fulfilled ? say(fulfilled.deleting ? 'deletedWords' : 'savedWords', plainName(fulfilled.exerciseId), fulfilled.text) : nothing}</p>
        ${absence(exercises, thresholds, error)}
        ${exercises.length === 0 ? nothing : html`
          ${search(listing, Object.keys(COLUMNS).map((column) => [column, say(column)]))}
          <table id="thresholds" role="table" aria-labelledby="exercises-title">
            <thead role="rowgroup"><tr role="row">
              ${sortable(listing, 'exercise', say('exercise'), '')}
              <th role="columnheader" scope="col" class="plot-head"><span class="unseen">${say('scaleWords')}</span>
                <span aria-hidden="true" class="axis"><i>0</i><i>50</i><i>100</i></span></th>
              ${sortable(listing, 'threshold', say('threshold'), 'number')}
              ${sortable(listing, 'mean', say('mean'), 'number')}
              ${sortable(listing, 'results', say('results'), 'number')}
              <th role="columnheader" scope="col" class="number">${say('version')}</th>
              <th role="columnheader" scope="col"><span class="unseen">${say('actions')}</span></th>
            </tr></thead>
            <tbody role="rowgroup">${repeat(withEdits(page.rows, exercises), (one) => one.exerciseId, (one) => this.#row(one))}</tbody>
          </table>${pager(listing, page)}`}
      </section>`;
  }

  /** Shows the row of what was added, and goes on there. */
  #goTo(exerciseId) {
    this.#at = exerciseId;
    listing.reveal(exerciseId, register.exercises);
  }

  #row(one) {
    const edit = register.edits.get(one.exerciseId);
    return html`
      <tr role="row" data-exercise=${one.exerciseId} data-version=${one.version ?? ''} data-phase=${edit?.phase ?? nothing}>
        <th role="rowheader" scope="row">${name(one.exerciseId)}</th>
        <td role="cell" class="plot">${scale(one.threshold, edit && !edit.deleting ? edit.value : null, one.mean)}</td>
        <td role="cell" class="number strong" data-figure="threshold" data-value=${one.threshold ?? ''}>${one.threshold === null
          ? html`<span class="none">${register.thresholds ? say('noThreshold') : '–'}</span>` : decimal(one.threshold)}</td>
        <td role="cell" class="number" data-label=${say('mean')}>${one.mean === undefined ? '–' : decimal(one.mean)}</td>
        <td role="cell" class="number" data-label=${say('results')}>${one.n === undefined ? '–' : count(one.n)}</td>
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
      <button class="plain" data-action="edit" aria-label=${say(threshold === null ? 'setOf' : 'changeOf', plainName(exerciseId))}
        @click=${open}>${say(threshold === null ? 'set' : 'change')}</button>`;
  }
});

/** What is being edited stays in sight, whichever page the table is at. */
function withEdits(rows, exercises) {
  const elsewhere = exercises.filter((one) => register.edits.has(one.exerciseId) && !rows.includes(one));
  return [...elsewhere, ...rows];
}

function absence(exercises, thresholds, error) {
  if (error) return notice('error', say(error.code === 'unconfirmed' ? 'unconfirmedDetail' : 'alertServiceAway'));
  if (!thresholds) return notice('loading', say('loading'));
  return exercises.length === 0 ? notice('empty', say('noThresholds')) : nothing;
}
