import { html } from 'lit';
import { partOf } from '../part.js';
import { say } from '../language.js';
import { register } from './register.js';
import '../parts/masthead.js';
import './state.js';
import './exercises.js';
import './new-exercise.js';
import './sheet.js';
import './changes.js';

export const page = 'vigie-thresholds';

customElements.define(page, class extends partOf() {
  connectedCallback() {
    super.connectedCallback();
    register.start();
  }

  render() {
    return html`
      <a class="skip" href="#editor">${say('skipToEditor')}</a>
      <div class="bridge">
        <vigie-masthead></vigie-masthead>
        <vigie-thresholds-state></vigie-thresholds-state>
      </div>
      <main id="editor" tabindex="-1">
        <vigie-exercises></vigie-exercises>
        <div class="side">
          <vigie-new-exercise></vigie-new-exercise>
          <vigie-sheet></vigie-sheet>
          <vigie-changes></vigie-changes>
        </div>
      </main>`;
  }
});
