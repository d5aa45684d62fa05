import { html } from 'lit';
import { partOf } from '../part.js';
import { phrase, say } from '../language.js';
import { name } from '../name.js';
import { register } from './register.js';
import '../parts/masthead.js';
import './state.js';
import './exercises.js';
import './new-exercise.js';
import './sheet.js';
import './changes.js';
import { session } from '../session.js';
import { forbidden, roles } from '../sign-in/forbidden.js';

export const page = 'vigie-thresholds';

customElements.define(page, class extends partOf(register) {
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
        ${register.forbidden ? forbidden('thresholdsForbidden') : html`
          <vigie-exercises></vigie-exercises>
          <div class="side">
            ${session.may('admin') ? html`
              <vigie-new-exercise></vigie-new-exercise>
              <vigie-sheet></vigie-sheet>` : html`<p class="notice" id="read-only">${phrase('readOnly', name(session.who.subject), roles())}</p>`}
            <vigie-changes></vigie-changes>
          </div>`}
      </main>`;
  }
});
