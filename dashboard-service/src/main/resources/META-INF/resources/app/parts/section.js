import { html, nothing } from 'lit';
import { say } from '../language.js';
import { notice } from '../notice.js';
import './csv.js';
import { store } from '../store.js';

/** The head that each part has: a heading, one sentence, and the way to the same figures as CSV. */
export function head(id, intro, csv) {
  return html`
    <header class="head">
      <h2 id="${id}-title" tabindex="-1">${say(id)}</h2>
      ${csv ? html`<vigie-csv .url=${csv} .of=${say(id)}></vigie-csv>` : nothing}
      <p>${intro}</p>
    </header>`;
}

/** Why there is nothing to show, in words; nothing when `value` has something to show. */
export function absence(part, isEmpty, emptyWords) {
  const value = store[part];
  if (value && !isEmpty(value)) return store.errors[part] ? notice('error', say('unavailable')) : null;
  const error = store.errors[part] ?? (store.exercise ? null : store.errors.rates);
  if (error && error.code !== 'figures-not-ready' && error.status !== 404) return notice('error', say('unavailable'));
  return value || error || (store.rates && !store.exercise) ? notice('empty', emptyWords) : notice('loading', say('loading'));
}
