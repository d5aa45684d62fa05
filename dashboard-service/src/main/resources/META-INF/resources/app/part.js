import { LitElement } from 'lit';
import { language } from './language.js';

/**
 * One part of a page, drawn again when the language or one of `sources` changes. It is drawn into
 * the page itself, not into a shadow, so that one style sheet, one set of ids and one heading order
 * hold for all parts.
 */
export const partOf = (...sources) => class extends LitElement {
  #again = () => this.requestUpdate();

  createRenderRoot() {
    return this;
  }

  /** However often its sources change before the next frame, it is drawn once. */
  async scheduleUpdate() {
    await new Promise((frame) => { requestAnimationFrame(frame); });
    return super.scheduleUpdate();
  }

  connectedCallback() {
    super.connectedCallback();
    for (const source of [language, ...sources]) source.addEventListener('change', this.#again);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const source of [language, ...sources]) source.removeEventListener('change', this.#again);
  }
};
