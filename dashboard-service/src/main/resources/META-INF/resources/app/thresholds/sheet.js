import { html, nothing } from 'lit';
import { partOf } from '../part.js';
import { count, say } from '../language.js';
import { notice } from '../notice.js';
import { name } from '../name.js';
import { load } from './requests.js';
import { register } from './register.js';

const REASONS = {
  'version-mismatch': 'lineConflict', 'threshold-out-of-range': 'outOfRange', 'malformed-threshold': 'outOfRange',
  'malformed-exercise-id': 'badExerciseId', 'malformed-precondition': 'lineBadVersion', 'no-threshold': 'lineGone',
  'unavailable': 'lineUnchanged', 'indeterminate': 'lineUnsure',
};
const PROBLEMS = { 'malformed-csv': 'noSheet', 'too-many-lines': 'sheetTooLong', 'no-answer': 'sheetNoAnswer' };

customElements.define('vigie-sheet', class extends partOf() {
  static properties = { report: { state: true }, problem: { state: true }, sending: { state: true } };
  #sheet = null;

  render() {
    const again = this.report?.lines.some((line) => line.status === 503) || this.problem?.code === 'no-answer';
    return html`
      <section aria-labelledby="sheet-title">
        <header class="head"><h2 id="sheet-title">${say('sheet')}</h2><p>${say('sheetIntro')}</p></header>
        <label class="file"><span>${say('chooseSheet')}</span>
          <input id="sheet" type="file" accept=".csv,text/csv" ?disabled=${this.sending} @change=${(event) => this.#choose(event.target)}></label>
        <div role="status">
          ${this.sending ? notice('loading', say('sending')) : nothing}
          ${this.problem ? notice('error', PROBLEMS[this.problem.code] ? say(PROBLEMS[this.problem.code]) : `${say('refused')} ${this.problem.message}`) : nothing}
          ${this.report ? html`<p class="aside" id="sheet-outcome">${say('sheetOutcome', count(this.report.changed), count(this.report.failed))}</p>` : nothing}
        </div>
        ${again ? html`
          <p class="fields"><button class="strong-choice" data-action="again" @click=${() => this.#send()}>${say('sendAgain')}</button>
            <span class="aside">${say('sheetAgain')}</span></p>` : nothing}
        ${this.report?.lines.length ? lines(this.report.lines) : nothing}
      </section>`;
  }

  async #choose(input) {
    if (input.files.length === 0) return;
    this.#sheet = await input.files[0].text();
    input.value = '';
    await this.#send();
  }

  async #send() {
    Object.assign(this, { sending: true, report: null, problem: null });
    try {
      this.report = await load(this.#sheet);
    } catch (problem) {
      this.problem = problem;
    }
    this.sending = false;
    await register.refresh();
  }
});

/** What failed comes first; the rest is a list to check. */
const lines = (all) => html`
  <div class="scroll short" tabindex="0" role="group" aria-labelledby="sheet-title">
    <table id="sheet-lines" aria-labelledby="sheet-title">
      <thead><tr><th scope="col" class="number">${say('line')}</th><th scope="col">${say('exercise')}</th><th scope="col">${say('outcome')}</th></tr></thead>
      <tbody>${[...all].sort((a, b) => !!b.code - !!a.code).map((line) => html`
        <tr data-line=${line.line} data-status=${line.status}>
          <td class="number">${line.line}</td>
          <th scope="row">${line.exerciseId ? name(line.exerciseId) : '–'}</th>
          <td>${line.code
            ? html`<span class="bad">${REASONS[line.code] ? say(REASONS[line.code]) : line.detail}</span>`
            : say('lineSet', line.version)}</td>
        </tr>`)}</tbody>
    </table>
  </div>`;
