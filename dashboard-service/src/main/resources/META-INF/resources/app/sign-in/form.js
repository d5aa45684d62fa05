import { html, nothing } from 'lit';
import { partOf } from '../part.js';
import { day, say, time } from '../language.js';
import { notice } from '../notice.js';
import { name } from '../name.js';
import { access } from '../alert-service.js';
import { bearer, session } from '../session.js';
import { roles } from './forbidden.js';

const PROBLEMS = { 'no-token': 'notAToken', 'refused': 'tokenRefused', 'no-answer': 'tokenUnknown', 'not-kept': 'tokenNotKept' };

/**
 * Takes a token, or says whose is there and until when. A link brings one after its #, which no server
 * is sent; it leaves the address at once, and the person signs in with it: a link alone signs in no user.
 */
customElements.define('vigie-token', class extends partOf() {
  static properties = { problem: { state: true }, asking: { state: true }, open: { state: true } };

  #given = '';

  async connectedCallback() {
    super.connectedCallback();
    if (bearer(location.hash.slice(1))) {
      this.#given = location.hash.slice(1);
      history.replaceState(null, '', location.pathname + location.search);
    }
    this.open = await access().catch(() => null) === 'open';
  }

  render() {
    return html`
      <section aria-labelledby="sign-in-title">
        <header class="head"><h2 id="sign-in-title">${say(session.who ? 'signedIn' : 'signIn')}</h2>
          ${session.who ? nothing : html`<p>${say('signInIntro')}</p>`}</header>
        ${session.who ? this.#known(session.who) : this.open ? notice('empty', say('openToAll')) : this.#form()}
      </section>`;
  }

  #known({ subject, area, until }) {
    return html`
      <dl class="known">
        <div><dt>${say('subject')}</dt><dd id="subject">${name(subject)}</dd></div>
        <div><dt>${say('role')}</dt><dd id="roles">${roles()}</dd></div>
        ${area ? html`<div><dt>${say('area')}</dt><dd>${area.replaceAll(',', ', ')}</dd></div>` : nothing}
        <div><dt>${say('until')}</dt><dd><time id="until" datetime=${until.toISOString()}>${time(until)}</time>, ${day(until)}</dd></div>
      </dl>
      <p class="fields">
        <a class="strong-choice tall" href=${session.back}>${say('goOn')}</a>
        <button class="plain tall" data-action="sign-out" @click=${() => this.#signOut()}>${say('signOut')}</button>
      </p>
      <p class="aside">${say('signOutWhy')}</p>`;
  }

  #form() {
    return html`
      ${session.over ? notice('error', say('sessionOver')) : nothing}
      <form class="sign-in" novalidate @submit=${(event) => this.#signIn(event)}>
        <label for="token">${say('token')}</label>
        <textarea id="token" name="token" rows="6" .value=${this.#given} autocomplete="off" autocapitalize="off" spellcheck="false"
          aria-describedby="token-rule" aria-invalid=${this.problem ? 'true' : 'false'}></textarea>
        <p class="aside" id="token-rule">${say('tokenRule')} <code>deploy/token staff ada</code></p>
        <div role="alert">${this.problem ? notice('error', say(PROBLEMS[this.problem])) : nothing}</div>
        <button class="strong-choice tall" ?disabled=${this.asking}>${say(this.asking ? 'sending' : 'signIn')}</button>
      </form>`;
  }

  async #signIn(event) {
    event.preventDefault();
    const field = event.target.elements.token;
    const token = field.value.trim().replace(/^Bearer\s+/i, '').replace(/\s/g, '');
    this.problem = null;
    this.asking = true;
    const outcome = bearer(token) ? await session.open(token) : 'no-token';
    if (outcome === 'taken') return location.assign(session.back);
    this.asking = false;
    this.problem = outcome;
    field.focus();
  }

  async #signOut() {
    session.close();
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector('#token')?.focus();
  }
});
