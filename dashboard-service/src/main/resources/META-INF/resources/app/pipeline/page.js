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
  <vigie-pipeline class="wide"></vigie-pipeline>
  <vigie-topics class="narrow"></vigie-topics>`, LOOK_AGAIN_MILLIS);
