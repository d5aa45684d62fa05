import { json } from './fetch.js';
import { LiveStream } from './live-stream.js';
import { Alerts } from './alerts.js';
import { addressOf, exerciseHere } from './exercise/address.js';

const LOOK_AGAIN_MILLIS = 10_000;
const MAP_PLACES = 20_000;
const HOT_MILLIS = 900_000;
/** H3's: of cells about 120 km, 17 km and 2.4 km wide; the first is shown first. */
const RESOLUTIONS = [5, 3, 7];
const OF_ONE_EXERCISE = ['places', 'scores', 'minutes'];

/**
 * All that the page knows. A part of the answer that could not be had keeps its last value beside
 * its error, so that the page shows the old figure and says that it is old.
 */
class Store extends EventTarget {
  rates = null;
  places = null;
  scores = null;
  minutes = null;
  activity = null;
  pipeline = null;
  errors = {};
  alerts = new Alerts(() => this.#changed());

  /** By exercise and cell, what alert-service last said of it. */
  hotspots = new Map();

  /** The part without which no alert comes now: null, `kafka` or `alert-service`; undefined before anybody has told. */
  missing;
  connected = null;
  outage = false;
  clockSkew = 0;
  resolution = RESOLUTIONS.find((one) => `${one}` === new URLSearchParams(location.search).get('resolution')) ?? RESOLUTIONS[0];
  exercise = exerciseHere() ?? new URLSearchParams(location.search).get('exercise');
  #asksFor = new Set();
  #looking = false;
  #refreshing = null;
  #again = false;

  /** `wanted` of one exercise; the pipeline is looked at again and again, all else when there is news. */
  start(wanted, lookAgainMillis = LOOK_AGAIN_MILLIS) {
    this.#asksFor = new Set(wanted);
    this.#listen();
    this.refresh();
    setInterval(() => document.hidden || this.#lookAgain(), lookAgainMillis);
  }

  show(exercise, resolution = this.resolution) {
    this.exercise = exercise;
    this.resolution = resolution;
    for (const part of OF_ONE_EXERCISE) this[part] = null;
    history.replaceState(null, '', this.#address());
    this.#readExercise();
    this.#changed();
  }

  /** Where the exercise that is shown fails now so often that alert-service points at it. */
  get hotspotsHere() {
    const old = Date.now() + this.clockSkew - HOT_MILLIS;
    return [...this.hotspots.values()]
      .filter((spot) => spot.exerciseId === this.exercise && Date.parse(spot.windowEnd) > old)
      .sort((a, b) => b.failures - a.failures);
  }

  /** Where the figures of an exercise are. */
  pathOf(exercise) {
    return `/v1/exercises/${encodeURIComponent(exercise)}`;
  }

  /** Milliseconds since the figures were true, by the server's clock; null when there are none. */
  get age() {
    const asOf = this.rates?.asOf;
    return asOf ? Math.max(0, Date.now() + this.clockSkew - Date.parse(asOf)) : null;
  }

  /** Whoever uses this tab is known, and may not see figures. */
  get forbidden() {
    return this.errors.rates?.status === 403;
  }

  get staleAfter() {
    return this.pipeline?.staleAfterMillis ?? Infinity;
  }

  /** Publications that arrive while figures are being read cause one more reading, not a queue. */
  async refresh() {
    if (this.#refreshing) {
      this.#again = true;
      return this.#refreshing;
    }
    this.#refreshing = this.#readAll();
    await this.#refreshing;
    this.#refreshing = null;
    if (this.#again) {
      this.#again = false;
      return this.refresh();
    }
  }

  /** Lag changes without publications; and what could not be had may be there by now. */
  async #lookAgain() {
    if (this.#looking) return;
    this.#looking = true;
    const missing = ['rates', 'activity', ...OF_ONE_EXERCISE].some((part) => part in this.errors);
    if (!missing) await this.#read('pipeline', '/v1/pipeline');
    if (missing || this.#isBehind) await this.refresh();
    this.#looking = false;
  }

  /** Whether the server has newer figures: the notification of them may be lost. */
  get #isBehind() {
    return Date.parse(this.pipeline?.asOf) > Date.parse(this.rates?.asOf);
  }

  async #readAll() {
    await Promise.all([
      this.#read('rates', '/v1/exercises/success-rates'),
      this.#read('activity', '/v1/activity/summary'),
      this.#read('pipeline', '/v1/pipeline'),
    ]);
    const known = this.rates?.exercises ?? [];
    if (!this.exercise && known.length > 0) this.exercise = known[0].exerciseId;
    await this.#readExercise();
  }

  async #readExercise() {
    const { exercise, resolution } = this;
    if (!exercise) return;
    const path = this.pathOf(exercise);
    const stillWanted = () => exercise === this.exercise && resolution === this.resolution;
    const parts = [];
    if (this.#asksFor.has('places')) {
      parts.push(this.#read('places', `${path}/failure-places?limit=${MAP_PLACES}&resolution=${resolution}`, stillWanted));
    }
    if (this.#asksFor.has('minutes')) parts.push(this.#read('minutes', `${path}/minutes`, stillWanted));
    if (this.#asksFor.has('scores')) parts.push(this.#read('scores', `${path}/scores`, stillWanted));
    await Promise.all(parts);
  }

  /** What was chosen is in the address, so that it can be sent to somebody else. */
  #address() {
    const url = new URL(exerciseHere() ? addressOf(this.exercise) : location.href, location.href);
    if (!exerciseHere()) url.searchParams.set('exercise', this.exercise);
    if (this.resolution === RESOLUTIONS[0]) url.searchParams.delete('resolution');
    else url.searchParams.set('resolution', this.resolution);
    return url;
  }

  async #read(part, url, stillWanted = () => true) {
    try {
      const value = await json(url);
      if (!stillWanted()) return;
      this[part] = value;
      delete this.errors[part];
      if (part === 'pipeline' && value.asOf) {
        this.clockSkew = Date.parse(value.asOf) + value.ageMillis - Date.now();
      }
    } catch (error) {
      if (!stillWanted()) return;
      this.errors[part] = error;
    }
    this.#changed();
  }

  #listen() {
    const source = new LiveStream('/v1/live');
    source.addEventListener('open', () => {
      this.connected = true;
      this.#changed();
    });
    source.addEventListener('lost', () => {
      this.connected = false;
      this.#changed();
    });
    source.addEventListener('publication', () => {
      this.outage = false;
      this.refresh();
    });
    source.addEventListener('outage', () => {
      this.outage = true;
      this.#changed();
    });
    source.addEventListener('feed', (event) => {
      this.missing = JSON.parse(event.data).missing;
      this.#changed();
    });
    source.addEventListener('hotspot', (event) => {
      const spot = JSON.parse(event.data);
      this.hotspots = new Map(this.hotspots).set(`${spot.exerciseId} ${spot.cell}`, spot);
      this.#changed();
    });
    source.addEventListener('alert', (event) => this.alerts.add(JSON.parse(event.data)));
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

export const store = new Store();
