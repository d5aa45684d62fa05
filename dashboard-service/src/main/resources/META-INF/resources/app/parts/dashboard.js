import { html } from 'lit';
import { partOf } from '../part.js';
import { say } from '../language.js';
import { store } from '../store.js';
import './masthead.js';
import './freshness.js';
import './success-rates.js';
import './failure-map.js';
import './failure-places.js';
import './live-alerts.js';
import './activity.js';
import './pipeline.js';

export const page = 'vigie-dashboard';

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
        <vigie-success-rates class="wide"></vigie-success-rates>
        <vigie-live-alerts class="narrow"></vigie-live-alerts>
        <vigie-failure-map class="wide"></vigie-failure-map>
        <vigie-failure-places class="narrow"></vigie-failure-places>
        <vigie-activity class="wide"></vigie-activity>
        <vigie-pipeline class="narrow"></vigie-pipeline>
      </main>`;
  }
});
