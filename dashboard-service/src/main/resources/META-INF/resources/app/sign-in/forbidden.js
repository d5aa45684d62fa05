import { html } from 'lit';
import { inThisLanguage, phrase, say } from '../language.js';
import { name } from '../name.js';
import { session } from '../session.js';

/** Why somebody who is known does not see what is here, in `words`. */
export const forbidden = (words) => html`
  <div class="notice whole" data-notice="error" data-forbidden>
    <p>${phrase(words, name(session.who?.subject ?? ''), roles())}</p>
    <p><a href=${inThisLanguage('/sign-in')}>${say('signInOtherwise')}</a></p>
  </div>`;

/** Those of whoever is signed in, as people say them. */
export const roles = () => (session.who?.roles ?? []).map((role) => (Object.hasOwn(say('roles'), role) ? say('roles')[role] : role)).join(', ');
