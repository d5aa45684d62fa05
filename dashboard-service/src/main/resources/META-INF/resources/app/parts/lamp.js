import { html, svg } from 'lit';

/** A shape of its own for each state, for those who do not see its colour. */
const MARKS = {
  live: svg`<circle cx="8" cy="8" r="7"></circle>`,
  stale: svg`<path d="M8 1 15.5 15H.5Z"></path>`,
  disconnected: svg`<path d="M2 2 14 14M14 2 2 14"></path>`,
  empty: svg`<circle class="hollow" cx="8" cy="8" r="6"></circle>`,
};

/** The state that a page is in, in a word that is also read out when it changes. */
export const lamp = (state, word) => html`
  <p class="lamp"><svg viewBox="0 0 16 16" aria-hidden="true">${MARKS[state]}</svg>
    <span role="status">${word}</span></p>`;
