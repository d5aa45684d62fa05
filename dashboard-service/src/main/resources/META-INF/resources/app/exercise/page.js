import { html } from 'lit';
import { figuresPage } from '../figures-page.js';
import '../parts/failure-map.js';
import '../parts/failure-places.js';
import './summary.js';
import './minutes.js';
import './scores.js';

export const page = 'vigie-exercise';

figuresPage(page, ['places', 'minutes', 'scores'], () => html`
  <vigie-exercise-summary class="whole"></vigie-exercise-summary>
  <vigie-exercise-minutes class="wide"></vigie-exercise-minutes>
  <vigie-exercise-scores class="narrow"></vigie-exercise-scores>
  <vigie-failure-map class="wide"></vigie-failure-map>
  <vigie-failure-places class="narrow"></vigie-failure-places>`);
