import { html, nothing } from 'lit';
import { partOf } from '../part.js';
import { lamp } from '../parts/lamp.js';
import { clock, say } from '../language.js';
import { name } from '../name.js';
import { unit } from './unit.js';
import { bell } from './bell.js';
import { whereabouts } from './whereabouts.js';

const LAMPS = { connecting: 'empty', connected: 'live', lost: 'disconnected', refused: 'stale' };

const DETAILS = {
  connecting: () => say('patrolConnecting'),
  connected: () => say(unit.area ? 'patrolAreaOnly' : 'patrolEverywhere'),
  lost: () => say('patrolLost', clock(new Date(unit.awaySince))),
  refused: () => say('patrolRefused', unit.reason),
};

customElements.define('vigie-patrol-state', class extends partOf(unit, bell, whereabouts) {
  render() {
    const { state, id } = unit;
    return html`
      <section id="patrol-state" data-state=${LAMPS[state]} data-connection=${state} aria-label=${say('patrol')}>
        ${lamp(LAMPS[state], say(state))}
        <p class="as-of">${say('unit')} <b>${name(id)}</b></p>
        <p class="detail">${DETAILS[state]()}</p>
        <div class="helps">
          <button id="bell" aria-pressed=${bell.on} @click=${() => bell.turn(!bell.on)}>${say(bell.on ? 'bellOn' : 'bellOff')}</button>
          ${whereabouts.state === 'known' ? nothing : html`
            <button id="distances" ?disabled=${whereabouts.state === 'asking'} @click=${() => whereabouts.ask()}>${say(WHERE[whereabouts.state])}</button>`}
        </div>
      </section>`;
  }
});

const WHERE = { off: 'showDistances', asking: 'locating', denied: 'locationDenied', unknown: 'locationUnknown' };
