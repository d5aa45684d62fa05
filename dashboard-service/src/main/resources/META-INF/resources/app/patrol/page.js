import { html } from 'lit';
import { partOf } from '../part.js';
import { say } from '../language.js';
import { access } from '../alert-service.js';
import { session } from '../session.js';
import { forbidden } from '../sign-in/forbidden.js';
import { geography } from '../geography.js';
import { notice } from '../notice.js';
import '../parts/masthead.js';
import { unit } from './unit.js';
import { bell } from './bell.js';
import { keepForOffline } from './offline.js';
import { whereabouts } from './whereabouts.js';
import './which-unit.js';
import './state.js';
import './alerts.js';

const ASK_AGAIN_MILLIS = 2000;

export const page = 'vigie-patrol';

customElements.define(page, class extends partOf() {
  static properties = { open: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    if (!unit.id) {
      if (!session.who) this.#lookWhetherOpen();
      return;
    }
    this.#load();
    unit.addEventListener('alerts', () => bell.ring());
    whereabouts.start();
    unit.start();
  }

  /** Coordinates are shown in place of names, and without a worker the page needs the network to start. */
  async #load() {
    await geography.load().catch(() => {});
    await keepForOffline().catch(() => {});
  }

  render() {
    return html`
      <a class="skip" href="#patrol">${say('skipToAlerts')}</a>
      <div class="bridge">
        <vigie-masthead></vigie-masthead>
        ${unit.id ? html`<vigie-patrol-state></vigie-patrol-state>` : ''}
      </div>
      <main id="patrol" class="column" tabindex="-1">
        ${unit.id ? html`<vigie-patrol-alerts></vigie-patrol-alerts>` : this.#withoutUnit()}
      </main>`;
  }

  #withoutUnit() {
    if (session.who) return forbidden('patrolForbidden');
    return this.open ? html`<vigie-which-unit></vigie-which-unit>` : notice('loading', say('loading'));
  }

  /** Nothing is asked of a service before the unit is known, so that none would say that it wants a token. */
  async #lookWhetherOpen() {
    const found = await access().catch(() => null);
    if (found === 'tokens') session.ended();
    else if (found === 'open') this.open = true;
    else setTimeout(() => this.#lookWhetherOpen(), ASK_AGAIN_MILLIS);
  }
});
