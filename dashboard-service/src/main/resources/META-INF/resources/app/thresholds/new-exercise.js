import { html, nothing } from 'lit';
import { partOf } from '../part.js';
import { say } from '../language.js';
import { notice } from '../notice.js';
import { thresholdOf } from './edit.js';
import { register } from './register.js';

customElements.define('vigie-new-exercise', class extends partOf(register) {
  static properties = { problem: { state: true } };

  render() {
    return html`
      <section aria-labelledby="new-title">
        <header class="head"><h2 id="new-title">${say('newExercise')}</h2><p>${say('newExerciseIntro')}</p></header>
        <form class="fields" novalidate @submit=${(event) => this.#add(event)}>
          <label>${say('exerciseId')}<input name="exercise" required maxlength="128" autocomplete="off" autocapitalize="off" spellcheck="false"
            aria-invalid=${this.problem === 'badExerciseId'} aria-describedby="new-problem"></label>
          <label>${say('threshold')}<input name="threshold" required maxlength="8" size="6" inputmode="decimal" autocomplete="off"
            aria-invalid=${this.problem === 'outOfRange'} aria-describedby="new-problem"></label>
          <button class="strong-choice" data-action="add">${say('add')}</button>
          <div id="new-problem" class="whole-row" role="alert">${this.problem ? notice('error', say(this.problem)) : nothing}</div>
        </form>
      </section>`;
  }

  /** What cannot be right stays in the form. From there on it is an edit like any other: an exercise that has a threshold already is a conflict. */
  #add(event) {
    event.preventDefault();
    const form = event.target;
    const exerciseId = form.elements.exercise.value.trim().normalize();
    const text = form.elements.threshold.value;
    this.problem = exerciseId === '' ? 'badExerciseId' : Number.isNaN(thresholdOf(text)) ? 'outOfRange' : null;
    if (this.problem) return form.elements[this.problem === 'outOfRange' ? 'threshold' : 'exercise'].focus();
    form.reset();
    return register.add(exerciseId, text);
  }
});
