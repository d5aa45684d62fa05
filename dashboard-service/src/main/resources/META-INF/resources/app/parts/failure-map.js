import { html, nothing } from 'lit';
import { partOf } from '../part.js';
import { count, say } from '../language.js';
import { store } from '../store.js';
import { geography } from '../geography.js';
import { MapChart } from '../map-chart.js';
import { absence, head } from './section.js';

const SHARES = [0, 20, 40, 60, 80, 100];

customElements.define('vigie-failure-map', class extends partOf(store, geography) {
  static properties = { failed: { state: true } };

  async firstUpdated() {
    try {
      this.chart = await MapChart.in(this.querySelector('#map'));
      this.requestUpdate();
    } catch (error) {
      console.error(error);
      this.failed = true;
    }
  }

  updated() {
    if (!this.chart || this.drawn === store.places) return;
    this.drawn = store.places;
    this.chart.show(store.places?.places ?? []);
  }

  render() {
    const places = store.places?.places ?? [];
    const exercise = store.exercise ?? '';
    return html`
      <section aria-labelledby="map-title">
        ${head('map', exercise ? say('mapIntro', exercise) : '', null)}
        <div class="controls">${this.#choices(exercise)}${this.#zoom()}</div>
        <div class="map-frame">
          <div id="map" role="img" data-places=${places.length} data-exercise=${exercise}
            aria-label=${say('mapLabel', exercise, count(places.length), first(places))}></div>
          ${this.failed ? html`<p class="notice" data-notice="error">${say('mapFailed')}</p>` : nothing}
          ${absence('places', (answer) => answer.places.length === 0, say(store.rates?.exercises.length ? 'noPlaces' : 'noRates')) ?? nothing}
        </div>
        ${legend()}
      </section>`;
  }

  #choices(exercise) {
    return html`
      <label>${say('chooseExercise')}
        <select id="exercise" @change=${(event) => store.show(event.target.value)}>
          ${(store.rates?.exercises ?? []).map((e) => e.exerciseId).sort().map((id) => html`
            <option value=${id} .selected=${id === exercise}>${id}</option>`)}
        </select></label>
      <div role="group" aria-label=${say('resolution')} class="choice">
        <span aria-hidden="true">${say('resolution')}</span>
        ${[[5, 'wide'], [7, 'narrow']].map(([resolution, words]) => html`
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

const first = ([place]) =>
  place ? say('mapFirst', geography.nameOf(place.latitude, place.longitude) ?? place.cell, count(place.failures)) : '';

const legend = () => html`
  <div class="legend" aria-hidden="true">
    <span>${say('share')}</span>
    ${SHARES.slice(1).map((to, i) => html`<span class="step step-${i + 1}"><i></i>${SHARES[i]}–${to} %</span>`)}
  </div>`;
