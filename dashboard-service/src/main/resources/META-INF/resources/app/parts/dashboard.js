import { html } from 'lit';
import { figuresPage } from '../figures-page.js';
import './success-rates.js';
import './failure-map.js';
import './failure-places.js';
import '../exercise/minutes.js';
import './live-alerts.js';
import './activity.js';
import './pipeline.js';

export const page = 'vigie-dashboard';

figuresPage(page, ['places', 'minutes'], () => html`
  <vigie-success-rates class="wide"></vigie-success-rates>
  <vigie-live-alerts class="narrow"></vigie-live-alerts>
  <vigie-failure-map class="wide"></vigie-failure-map>
  <vigie-failure-places class="narrow"></vigie-failure-places>
  <vigie-exercise-minutes class="whole"></vigie-exercise-minutes>
  <vigie-activity class="wide"></vigie-activity>
  <vigie-pipeline class="narrow"></vigie-pipeline>`);
