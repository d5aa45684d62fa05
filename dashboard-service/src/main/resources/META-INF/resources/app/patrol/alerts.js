import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { partOf } from '../part.js';
import { say } from '../language.js';
import { notice } from '../notice.js';
import { geography } from '../geography.js';
import { unit } from './unit.js';
import { whereabouts } from './whereabouts.js';
import { card, placeOf } from './card.js';
import './near.js';

const TICK_MILLIS = 15_000;

customElements.define('vigie-patrol-alerts', class extends partOf(unit, whereabouts, geography) {
  static properties = { announcement: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    unit.addEventListener('alerts', ({ detail }) => {
      const newest = detail.at(-1);
      this.announcement = say('newAlerts', detail.length, newest.exerciseId, placeOf(newest));
    });
    this.tick = setInterval(() => this.requestUpdate(), TICK_MILLIS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.tick);
  }

  render() {
    const { entries } = unit;
    const ours = entries.filter(isOurs);
    const others = entries.filter((entry) => !isOurs(entry));
    const open = others.filter(({ standing }) => standing === 'open').length;
    return html`
      <p class="unseen" role="status">${this.announcement}</p>
      ${unit.missed > 0 ? html`
        <div id="missed" class="notice" data-missed=${unit.missed} role="status">
          <p>${say('missed', unit.missed)}</p>
          <button class="plain" @click=${() => unit.seen()}>${say('understood')}</button>
        </div>` : nothing}
      ${ours.length > 0 ? html`
        <section aria-labelledby="ours-title">
          <header class="head"><h2 id="ours-title">${say('yours')}</h2></header>
          <ol class="cards" id="ours">${repeat(ours, ({ alert }) => alert.id, card)}</ol>
        </section>` : nothing}
      <vigie-patrol-near></vigie-patrol-near>
      <section aria-labelledby="near-title">
        <header class="head"><h2 id="near-title">${say('alertsHere')}</h2><p>${say('openAlerts', open)}</p></header>
        ${others.length === 0 ? notice('empty', say(unit.state === 'connected' ? 'noAlertsHere' : 'noAlertsYet')) : nothing}
        <ol class="cards" id="patrol-alerts" data-count=${others.length}>${repeat(others, ({ alert }) => alert.id, card)}</ol>
      </section>`;
  }
});

const isOurs = ({ standing, claim }) => standing === 'mine' || (standing === 'asked' && claim?.unitId === unit.id);
