import { html } from 'lit';
import { partOf } from '../part.js';
import { say } from '../language.js';
import { register } from './register.js';

customElements.define('vigie-new-exercise', class extends partOf(register) {
  render() {
    return html`
      <section aria-labelledby="new-title">
        <header class="head"><h2 id="new-title">${say('newExercise')}</h2><p>${say('newExerciseIntro')}</p></header>
        <form class="fields" @submit=${(event) => this.#add(event)}>
          <label>${say('exerciseId')}<input name="exercise" required maxlength="128" autocomplete="off" autocapitalize="off" spellcheck="false"></label>
          <label>${say('threshold')}<input name="threshold" required maxlength="8" size="6" inputmode="decimal" autocomplete="off"></label>
          <button class="strong-choice" data-action="add">${say('add')}</button>
        </form>
      </section>`;
  }

  /** From here on it is an edit like any other: an exercise that has a threshold already is a conflict. */
  #add(event) {
    event.preventDefault();
    const form = event.target;
    const exerciseId = form.elements.exercise.value.trim().normalize();
    if (!exerciseId) return;
    const text = form.elements.threshold.value;
    form.reset();
    return register.add(exerciseId, text);
  }
});
