import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { partOf } from '../part.js';
import { count, say } from '../language.js';
import { notice } from '../notice.js';
import { geography } from '../geography.js';
import { plainName } from '../name.js';
import { unit } from './unit.js';
import { whereabouts } from './whereabouts.js';
import { card, placeOf } from './card.js';
import { CardOrder } from './order.js';
import { SteadyCard } from './steady.js';
import './near.js';

const TICK_MILLIS = 1000;
const AGES_TICKS = 15;

customElements.define('vigie-patrol-alerts', class extends partOf(unit, whereabouts, geography) {
  static properties = { announcement: { state: true } };
  #order = new CardOrder();
  #steady = new SteadyCard(this);

  connectedCallback() {
    super.connectedCallback();
    unit.addEventListener('alerts', ({ detail }) => {
      const newest = detail.at(-1);
      this.announcement = say('newAlerts', detail.length, plainName(newest.exerciseId), placeOf(newest));
    });
    let ticks = 0;
    this.tick = setInterval(() => (unit.claiming || ++ticks % AGES_TICKS === 0) && this.requestUpdate(), TICK_MILLIS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.tick);
  }

  updated() {
    this.#steady.keep();
  }

  render() {
    const { entries } = unit;
    const { cards, found, done } = this.#order.of(entries, this.#steady.touched);
    return html`
      <p class="unseen" role="status">${this.announcement}</p>
      ${unit.missed > 0 ? html`
        <div id="missed" class="notice" data-missed=${unit.missed} role="status">
          <p>${say('missed', unit.missed, unit.missedKept)}</p>
          <button class="plain" @click=${() => unit.seen()}>${say('understood')}</button>
        </div>` : nothing}
      <vigie-patrol-near></vigie-patrol-near>
      <section aria-labelledby="near-title">
        <header class="head"><h2 id="near-title" tabindex="-1">${say('alertsHere')}</h2>
          <p>${say(this.#order.all ? 'allAlerts' : 'openAlerts', found)} ${say(whereabouts.here ? 'nearestFirst' : 'newestFirst')}
            ${unit.dropped > 0 ? html`<span id="dropped" data-dropped=${unit.dropped}>${say('dropped', unit.dropped, entries.length)}</span>` : nothing}</p></header>
        <div class="controls">
          <div class="choice" role="group" aria-label=${say('alertsHere')}>
            <button data-show="open" aria-pressed=${!this.#order.all} @click=${() => this.#change(() => this.#order.show(false))}>${say('showOpen')}</button>
            <button data-show="all" aria-pressed=${this.#order.all} @click=${() => this.#change(() => this.#order.show(true))}>${say('showAll', entries.length)}</button>
          </div>
          ${done > 0 ? html`<button class="plain" data-action="tidy" @click=${() => this.#change(() => this.#order.again())}>${say('tidy', done)}</button>` : nothing}
        </div>
        ${cards.length === 0 ? notice('empty', say(unit.state === 'connected' ? 'noAlertsHere' : 'noAlertsYet')) : nothing}
        <ol class="cards" id="patrol-alerts" data-count=${found}>${repeat(cards, ({ alert }) => alert.id, card)}</ol>
        ${found > cards.length ? html`
          <p class="more-cards"><button class="plain tall" data-action="more" @click=${() => this.#change(() => this.#order.more())}>
            ${say('moreAlerts', count(cards.length), count(found))}</button></p>` : nothing}
      </section>`;
  }

  #change(work) {
    work();
    this.requestUpdate();
  }
});
