import { html } from 'lit';
import { partOf } from '../part.js';
import { say } from '../language.js';
import { store } from '../store.js';
import '../parts/masthead.js';
import '../parts/freshness.js';
import '../parts/failure-map.js';
import '../parts/failure-places.js';
import './summary.js';
import './minutes.js';
import './scores.js';

export const page = 'vigie-exercise';

customElements.define(page, class extends partOf() {
  connectedCallback() {
    super.connectedCallback();
    store.start();
  }

  render() {
    return html`
      <a class="skip" href="#figures">${say('skip')}</a>
      <div class="bridge">
        <vigie-masthead></vigie-masthead>
        <vigie-freshness></vigie-freshness>
      </div>
      <main id="figures" tabindex="-1">
        <vigie-exercise-summary class="whole"></vigie-exercise-summary>
        <vigie-exercise-minutes class="wide"></vigie-exercise-minutes>
        <vigie-exercise-scores class="narrow"></vigie-exercise-scores>
        <vigie-failure-map class="wide"></vigie-failure-map>
        <vigie-failure-places class="narrow"></vigie-failure-places>
      </main>`;
  }
});
