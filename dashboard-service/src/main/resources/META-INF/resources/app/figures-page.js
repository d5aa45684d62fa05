import { html } from 'lit';
import { partOf } from './part.js';
import { say } from './language.js';
import { store } from './store.js';
import { forbidden } from './sign-in/forbidden.js';
import './parts/masthead.js';
import './parts/freshness.js';

/** Makes `name` a page of figures: from when they are, and below that what `parts` draws of the `wanted` figures of one exercise. */
export const figuresPage = (name, wanted, parts, lookAgainMillis) => customElements.define(name, class extends partOf(store) {
  connectedCallback() {
    super.connectedCallback();
    store.start(wanted, lookAgainMillis);
  }

  render() {
    return html`
      <a class="skip" href="#figures">${say('skip')}</a>
      <div class="bridge">
        <vigie-masthead></vigie-masthead>
        <vigie-freshness></vigie-freshness>
      </div>
      <main id="figures" tabindex="-1">${store.forbidden ? forbidden('figuresForbidden') : parts()}</main>`;
  }
});
