import { html } from 'lit';
import { figuresPage } from '../figures-page.js';
import '../parts/pipeline.js';
import './parts.js';
import './topics.js';

/** Few look at this page, and those want to see at once what stops. */
const LOOK_AGAIN_MILLIS = 1000;

export const page = 'vigie-pipeline-page';

figuresPage(page, [], () => html`
  <vigie-parts class="whole"></vigie-parts>
  <vigie-topics class="wide"></vigie-topics>
  <vigie-pipeline class="narrow"></vigie-pipeline>`, LOOK_AGAIN_MILLIS);
