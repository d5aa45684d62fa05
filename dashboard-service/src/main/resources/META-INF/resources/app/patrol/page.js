import { html } from 'lit';
import { partOf } from '../part.js';
import { say } from '../language.js';
import { geography } from '../geography.js';
import '../parts/masthead.js';
import { unit } from './unit.js';
import { bell } from './bell.js';
import { whereabouts } from './whereabouts.js';
import './sign-in.js';
import './state.js';
import './alerts.js';

export const page = 'vigie-patrol';

customElements.define(page, class extends partOf() {
  connectedCallback() {
    super.connectedCallback();
    if (!unit.id) return;
    geography.load().catch(() => {}); // Coordinates are shown in place of names.
    unit.addEventListener('alerts', () => bell.ring());
    whereabouts.start();
    unit.start();
  }

  render() {
    return html`
      <a class="skip" href="#patrol">${say('skipToAlerts')}</a>
      <div class="bridge">
        <vigie-masthead></vigie-masthead>
        ${unit.id ? html`<vigie-patrol-state></vigie-patrol-state>` : ''}
      </div>
      <main id="patrol" class="column" tabindex="-1">
        ${unit.id ? html`<vigie-patrol-alerts></vigie-patrol-alerts>` : html`<vigie-sign-in></vigie-sign-in>`}
      </main>`;
  }
});
