import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { partOf } from '../part.js';
import { clock, count, decimal, percent, phrase, say } from '../language.js';
import { store } from '../store.js';
import { geography } from '../geography.js';
import { MapView } from '../map/map-view.js';
import { share } from '../share.js';
import { name, plainName } from '../name.js';
import { absence, head } from './section.js';

const SHARES = [0, 20, 40, 60, 80, 100];
const STEPS = SHARES.length - 1;
const LARGEST_PIXELS = 46;
const SMALLEST_PIXELS = 4;
const ROOM_FOR = 400;
const HOT_PIXELS = 44;

customElements.define('vigie-failure-map', class extends partOf(store, geography) {
  static properties = { failed: { state: true } };

  async firstUpdated() {
    try {
      this.chart = await MapView.in(this.querySelector('#map'), words);
      this.requestUpdate();
    } catch (error) {
      console.error(error);
      this.failed = true;
    }
  }

  updated() {
    const { places, hotspots } = store;
    if (!this.chart || (this.drawn === places && this.hot === hotspots)) return;
    [this.drawn, this.hot] = [places, hotspots];
    show(this.chart, places?.places ?? [], store.hotspotsHere);
  }

  render() {
    const places = store.places?.places ?? [];
    const exercise = store.exercise ?? '';
    return html`
      <section aria-labelledby="map-title">
        ${head('map', exercise ? phrase('mapIntro', name(exercise)) : '', null)}
        <div class="controls">${this.#choices(exercise)}${this.#zoom()}</div>
        <div class="map-frame">
          <div id="map" class="map" role="img" tabindex="0" data-places=${places.length} data-exercise=${exercise} data-hot=${store.hotspotsHere.length}
            aria-label=${say('mapLabel', plainName(exercise), count(places.length), first(places))}></div>
          ${this.failed ? html`<p class="notice" data-notice="error">${say('mapFailed')}</p>` : nothing}
          ${absence('places', (answer) => answer.places.length === 0, say(store.rates?.exercises.length ? 'noPlaces' : 'noRates')) ?? nothing}
        </div>
        ${legend()}
        ${offMap(places)}
        ${store.hotspotsHere.length > 0 ? html`<ul id="hotspots" class="aside">${store.hotspotsHere.map(hotWords)}</ul>` : nothing}
      </section>`;
  }

  #choices(exercise) {
    if (!store.rates?.exercises.length) return nothing;
    return html`
      <label>${say('chooseExercise')}
        <select id="exercise" @change=${(event) => store.show(event.target.value)}>
          ${guard([store.rates, exercise], () => store.rates.exercises.map((e) => e.exerciseId).sort().map((id) => html`
            <option value=${id} .selected=${id === exercise}>${plainName(id)}</option>`))}
        </select></label>
      <div role="group" aria-label=${say('resolution')} class="choice">
        <span aria-hidden="true">${say('resolution')}</span>
        ${[[3, 'region'], [5, 'wide'], [7, 'narrow']].map(([resolution, words]) => html`
          <button data-resolution=${resolution} aria-pressed=${store.resolution === resolution}
            @click=${() => store.show(exercise, resolution)}>${say(words)}</button>`)}
      </div>`;
  }

  #zoom() {
    return html`
      <div class="choice zoom">
        <button aria-label=${say('zoomOut')} title=${say('zoomOut')} @click=${() => this.chart?.zoom(1 / 1.6)}>−</button>
        <button aria-label=${say('zoomIn')} title=${say('zoomIn')} @click=${() => this.chart?.zoom(1.6)}>+</button>
        <button @click=${() => this.chart?.whole()}>${say('whole')}</button>
      </div>`;
  }
});

/** With many places each is smaller, and grows to its full size as somebody zooms in. */
function show(chart, places, hotspots) {
  const most = Math.max(1, ...places.slice(0, 1).map(({ failures }) => failures));
  const shrink = Math.min(1, Math.max(0.25, Math.sqrt(ROOM_FOR / Math.max(1, places.length))));
  chart.show([
    ...places.map((place) => ({
      ...place, of: place,
      kind: `share-${1 + Math.min(STEPS - 1, Math.floor(share(place) * STEPS))}`,
      size: Math.max(SMALLEST_PIXELS, LARGEST_PIXELS * shrink * Math.sqrt(place.failures / most)),
    })),
    ...hotspots.map((spot) => ({ ...spot, of: spot, kind: 'hot', size: HOT_PIXELS * Math.sqrt(shrink) })),
  ], 1 / shrink);
}

/** An element, not markup: no figure and no name is ever taken for HTML. */
function words(place) {
  const box = document.createElement('div');
  const lines = place.windowEnd
    ? [['strong', nameOf(place)], ['div', hotSaid(place)]]
    : [
        ['strong', nameOf(place)],
        ['div', `${say('failures')} ${count(place.failures)} / ${count(place.n)} (${percent(share(place), 0)})`],
        ['small', `${decimal(place.latitude, 2)} ; ${decimal(place.longitude, 2)}`],
      ];
  for (const [tag, text] of lines) box.appendChild(document.createElement(tag)).textContent = text;
  return box;
}

const nameOf = (place) => geography.nameOf(place.latitude, place.longitude) ?? say('offshore');
const hotSaid = ({ failures, students, windowStart, windowEnd }) =>
  say('hotspot', count(failures), students, clock(new Date(windowStart)), clock(new Date(windowEnd)));
const hotWords = (spot) => html`<li data-cell=${spot.cell}><i class="hot"></i> <b>${nameOf(spot)}</b>: ${hotSaid(spot)}</li>`;

/** What happens where the map does not reach, in figures. */
function offMap(places) {
  const territories = new Map();
  for (const place of places.filter(({ latitude, longitude }) => geography.isOffMap(latitude, longitude))) {
    const sum = territories.get(nameOf(place)) ?? { failures: 0, n: 0 };
    territories.set(nameOf(place), { failures: sum.failures + place.failures, n: sum.n + place.n });
  }
  return territories.size === 0 ? nothing : html`
    <ul id="off-map" class="aside" aria-label=${say('offMap')}>${[...territories].map(([territory, sum]) => html`
      <li data-territory=${territory}><b>${territory}</b> ${say('failures')} ${count(sum.failures)} / ${count(sum.n)} (${percent(share(sum), 0)})</li>`)}</ul>`;
}

const first = ([place]) =>
  place ? say('mapFirst', geography.nameOf(place.latitude, place.longitude) ?? place.cell, count(place.failures)) : '';

const legend = () => html`
  <div class="legend" aria-hidden="true">
    <span>${say('share')}</span>
    ${SHARES.slice(1).map((to, i) => html`<span class="step step-${i + 1}"><i></i>${SHARES[i]}–${to} %</span>`)}
    <span class="step"><i class="hot"></i>${say('hot')}</span>
  </div>`;
