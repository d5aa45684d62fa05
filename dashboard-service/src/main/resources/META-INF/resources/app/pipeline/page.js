import { html } from 'lit';
import { partOf } from '../part.js';
import { say } from '../language.js';
import { store } from '../store.js';
import '../parts/masthead.js';
import '../parts/freshness.js';
import '../parts/pipeline.js';
import './parts.js';
import './topics.js';

/** Few look at this page, and those want to see at once what stops. */
const LOOK_AGAIN_MILLIS = 2000;

export const page = 'vigie-pipeline-page';

customElements.define(page, class extends partOf() {
  connectedCallback() {
    super.connectedCallback();
    store.start(LOOK_AGAIN_MILLIS);
  }

  render() {
    return html`
      <a class="skip" href="#figures">${say('skip')}</a>
      <div class="bridge">
        <vigie-masthead></vigie-masthead>
        <vigie-freshness></vigie-freshness>
      </div>
      <main id="figures" tabindex="-1">
        <vigie-parts class="whole"></vigie-parts>
        <vigie-topics class="wide"></vigie-topics>
        <vigie-pipeline class="narrow"></vigie-pipeline>
      </main>`;
  }
});
