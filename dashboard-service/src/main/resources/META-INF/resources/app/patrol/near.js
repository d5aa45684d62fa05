import { html, nothing } from 'lit';
import { partOf } from '../part.js';
import { decimal, say } from '../language.js';
import { geography } from '../geography.js';
import { plainName } from '../name.js';
import { MapView } from '../map/map-view.js';
import { unit } from './unit.js';
import { whereabouts } from './whereabouts.js';
import { far, placeOf } from './card.js';

const KINDS = { open: 'open', undoable: 'mine', asked: 'mine', mine: 'mine', other: 'over', resolved: 'over' };
const ORDER = ['over', 'open', 'escalated', 'mine'];
const PIXELS = { over: 18, open: 22, escalated: 26, mine: 26 };
const HERE_PIXELS = 30;
const NEAREST_SHOWN = 3;
const CLOSEST_METRES = 3000;
const WIDEST_METRES = 150_000;
const ROOM = 1.25;
const DEGREE_METRES = 111_200;
const ZOOM_STEP = 1.6;

/** There the first alert has to be in sight, and the map is a tap away. */
const SMALL = matchMedia('(max-width: 48rem), (max-height: 60rem)');

/** The alerts on a map around the unit, or around its area's centre; the list of cards says the same. */
customElements.define('vigie-patrol-near', class extends partOf(unit, whereabouts, geography) {
  static properties = { failed: { state: true } };
  #view = null;
  #roamed = false;

  async firstUpdated() {
    const map = this.querySelector('#near');
    map.addEventListener('roam', () => { this.#roamed = true; });
    map.addEventListener('pick', ({ detail }) => pick(detail));
    try {
      this.#view = await MapView.in(map, words);
      this.requestUpdate();
    } catch (error) {
      console.error(error);
      this.failed = true;
    }
  }

  updated() {
    if (!this.#view) return;
    const here = whereabouts.here;
    this.#view.show([
      ...unit.entries.map(markOf).sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)),
      ...(here ? [{ latitude: here.latitude, longitude: here.longitude, kind: 'here', size: HERE_PIXELS, of: null }] : []),
    ]);
    if (!this.#roamed) this.#centre();
  }

  render() {
    const open = unit.entries.filter(({ standing }) => standing === 'open');
    const nearest = whereabouts.here ? byDistance(open)[0] : null;
    return html`
      <details ?open=${!SMALL.matches}>
        <summary>${say('nearMap')}</summary>
        <p class="aside">${say(whereabouts.here ? 'nearHere' : centreOfArea() ? 'nearArea' : 'nearFrance')}</p>
        <div class="map-frame">
          <div id="near" class="map" role="img" tabindex="0" data-marks=${unit.entries.length} data-here=${whereabouts.here ? 'known' : 'unknown'}
            aria-label=${say('nearLabel', open.length, nearest ? say('nearestIs', plainName(nearest.alert.exerciseId), placeOf(nearest.alert), far(nearest.metres)) : '')}></div>
          ${this.failed ? html`<p class="notice" data-notice="error">${say('mapFailed')}</p>` : nothing}
        </div>
        <div class="under-map">
          <p class="legend" aria-hidden="true">
            <span class="step"><i class="mark-open"></i>${say('markOpen')}</span>
            <span class="step"><i class="mark-escalated"></i>${say('markUrgent')}</span>
            <span class="step"><i class="mark-mine"></i>${say('markMine')}</span>
            <span class="step"><i class="mark-over"></i>${say('markOver')}</span>
          </p>
          <div class="choice zoom">
            <button class="tall" aria-label=${say('zoomOut')} @click=${() => this.#zoom(1 / ZOOM_STEP)}>−</button>
            <button class="tall" aria-label=${say('zoomIn')} @click=${() => this.#zoom(ZOOM_STEP)}>+</button>
            <button class="tall" data-action="centre" @click=${() => this.#back()}>${say('centre')}</button>
          </div>
        </div>
      </details>`;
  }

  #zoom(factor) {
    this.#roamed = true;
    this.#view?.zoom(factor);
  }

  #back() {
    this.#roamed = false;
    if (this.#view) this.#centre();
  }

  /** So wide that what the unit answers and the nearest alerts that nobody does are in sight, within reason. */
  #centre() {
    const area = centreOfArea();
    if (whereabouts.here) {
      const near = byDistance(unit.entries.filter(({ standing }) => standing === 'open')).slice(0, NEAREST_SHOWN);
      const ours = byDistance(unit.entries.filter(({ standing }) => ['undoable', 'asked', 'mine'].includes(standing)));
      const metres = Math.max(0, ...[...near, ...ours].map((entry) => entry.metres));
      this.#view.around(whereabouts.here, Math.min(WIDEST_METRES, Math.max(CLOSEST_METRES, metres * ROOM)));
    } else if (area) this.#view.around(area, area.metres);
    else this.#view.whole();
  }
});

const byDistance = (entries) =>
  entries.map((entry) => ({ ...entry, metres: whereabouts.to(entry.alert).metres })).sort((a, b) => a.metres - b.metres);

function markOf({ alert, standing }) {
  const kind = standing === 'open' && alert.escalatedAt ? 'escalated' : KINDS[standing];
  return { latitude: alert.latitude, longitude: alert.longitude, kind, size: PIXELS[kind], of: alert };
}

/** The middle of the unit's area, and how far its edge is; null when it has none. */
function centreOfArea() {
  const corners = (unit.area ?? '').split(',').map(Number);
  if (corners.length !== 4 || corners.some(Number.isNaN)) return null;
  const [south, west, north, east] = corners;
  return { latitude: (south + north) / 2, longitude: (west + east) / 2, metres: ((north - south) / 2) * DEGREE_METRES };
}

/** An element, not markup; null is where the unit itself is. */
function words(alert) {
  const box = document.createElement('div');
  const way = alert && whereabouts.to(alert);
  const lines = alert
    ? [['strong', plainName(alert.exerciseId)], ['div', placeOf(alert)], ['small', way ? far(way.metres) : say('score', decimal(alert.score), alert.threshold)]]
    : [['strong', say('yourUnit')]];
  for (const [tag, text] of lines) box.appendChild(document.createElement(tag)).textContent = text;
  return box;
}

/** The card of the alert whose mark was tapped is brought into sight. */
function pick(alert) {
  const chosen = document.querySelector(`.cards [data-alert-id="${CSS.escape(alert.id)}"]`);
  document.querySelectorAll('.cards [data-pointed]').forEach((card) => card.removeAttribute('data-pointed'));
  chosen?.setAttribute('data-pointed', '');
  chosen?.scrollIntoView({ block: 'nearest' });
}
