import { html } from 'lit';
import { partOf } from '../part.js';
import { say } from '../language.js';
import '../parts/masthead.js';
import './form.js';

export const page = 'vigie-sign-in';

customElements.define(page, class extends partOf() {
  render() {
    return html`
      <a class="skip" href="#sign-in">${say('skipToForm')}</a>
      <div class="bridge"><vigie-masthead></vigie-masthead></div>
      <main id="sign-in" class="column" tabindex="-1"><vigie-token></vigie-token></main>`;
  }
});
