import { html, nothing } from 'lit';
import { partOf } from '../part.js';
import { count, decimal, percent, say } from '../language.js';
import { store } from '../store.js';
import { geography } from '../geography.js';
import { share } from '../share.js';
import { name } from '../name.js';
import { absence, head } from './section.js';

const SHOWN = 50;

customElements.define('vigie-failure-places', class extends partOf(store, geography) {
  render() {
    const places = store.places?.places ?? [];
    const { exercise, resolution } = store;
    const csv = exercise
      ? `/v1/exercises/${encodeURIComponent(exercise)}/failure-places?limit=5000&resolution=${resolution}` : null;
    return html`
      <section aria-labelledby="places-title">
        ${head('places', exercise ? name(exercise) : '', csv)}
        ${places.length > 0
          ? html`<div class="scroll" tabindex="0" role="group" aria-labelledby="places-title">${table(places)}</div>`
          : absence('places', (answer) => answer.places.length === 0, say(store.rates?.exercises.length ? 'noPlaces' : 'noRates')) ?? nothing}
        ${places.length > SHOWN ? html`<p class="aside">${say('placesShown', SHOWN, count(places.length))}</p>` : nothing}
      </section>`;
  }
});

const table = (places) => html`
  <table id="failure-places" aria-labelledby="places-title">
    <thead><tr>
      <th scope="col">${say('place')}</th>
      <th scope="col" class="number">${say('failures')}</th>
      <th scope="col" class="number">${say('results')}</th>
      <th scope="col" class="number">${say('share')}</th>
    </tr></thead>
    <tbody>${places.slice(0, SHOWN).map(row)}</tbody>
  </table>`;

function row(place, index) {
  const where = geography.nameOf(place.latitude, place.longitude) ?? say('offshore');
  const show = () => document.querySelector('vigie-failure-map').chart?.point(index);
  return html`
    <tr data-cell=${place.cell}>
      <th scope="row"><button class="pick" title=${say('showPlace', where)} @click=${show} @focus=${show}
        @mouseenter=${show}>${where}</button>
        <span class="quiet">${decimal(place.latitude, 2)} ; ${decimal(place.longitude, 2)}</span></th>
      <td class="number strong" data-figure="failures">${count(place.failures)}</td>
      <td class="number" data-figure="n">${count(place.n)}</td>
      <td class="number">${percent(share(place), 0)}</td>
    </tr>`;
}
