import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { figuresPage } from '../figures-page.js';
import './success-rates.js';
import './failure-map.js';
import './failure-places.js';
import '../exercise/minutes.js';
import './live-alerts.js';
import './activity.js';
import './pipeline.js';

export const page = 'vigie-dashboard';

const PARTS = {
  rates: html`<vigie-success-rates class="wide"></vigie-success-rates>`,
  alerts: html`<vigie-live-alerts class="narrow"></vigie-live-alerts>`,
  map: html`<vigie-failure-map class="wide"></vigie-failure-map>`,
  places: html`<vigie-failure-places class="narrow"></vigie-failure-places>`,
  minutes: html`<vigie-exercise-minutes class="whole"></vigie-exercise-minutes>`,
  activity: html`<vigie-activity class="wide"></vigie-activity>`,
  pipeline: html`<vigie-pipeline class="narrow"></vigie-pipeline>`,
};
const REST = ['places', 'minutes', 'activity', 'pipeline'];

/** In one column what happens now comes before the table. The document has the order that is seen, which the keyboard follows. */
const oneColumn = matchMedia('(max-width: 80rem)');
const order = () => (oneColumn.matches ? ['alerts', 'map', 'rates', ...REST] : ['rates', 'alerts', 'map', ...REST]);

figuresPage(page, ['places', 'minutes'], () => html`${repeat(order(), (part) => part, (part) => PARTS[part])}`);
oneColumn.addEventListener('change', () => document.querySelector(page).requestUpdate());
