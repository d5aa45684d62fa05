import { LitElement } from 'lit';
import { language } from './language.js';
import { store } from './store.js';
import { geography } from './geography.js';

/**
 * One part of the page. It is drawn into the page itself, not into a shadow, so that one style
 * sheet, one set of ids and one heading order hold for all parts.
 */
export class Part extends LitElement {
  #again = () => this.requestUpdate();

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    for (const source of [store, language, geography]) source.addEventListener('change', this.#again);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const source of [store, language, geography]) source.removeEventListener('change', this.#again);
  }
}
