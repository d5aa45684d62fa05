import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { partOf } from '../part.js';
import { clock, count, decimal, phrase, say } from '../language.js';
import { store } from '../store.js';
import { geography } from '../geography.js';
import { notice } from '../notice.js';
import { name, plainName } from '../name.js';
import { head } from './section.js';

const ANNOUNCE_MILLIS = 20_000;
const FEED_WORDS = { 'kafka': 'feedWithoutKafka', 'alert-service': 'feedWithoutAlertService' };

customElements.define('vigie-live-alerts', class extends partOf(store, geography) {
  static properties = { announcement: { state: true } };
  #heard = null;

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => this.#announce(), ANNOUNCE_MILLIS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  /** A screen reader hears a summary now and then; each alert by itself would drown all else. */
  #announce() {
    const { shown } = store.alerts;
    if (shown.length === 0 || shown[0].id === this.#heard) return;
    const before = shown.findIndex((alert) => alert.id === this.#heard);
    const fresh = before < 0 ? shown.length : before;
    if (this.#heard) this.announcement = say('newAlerts', fresh, plainName(shown[0].exerciseId), place(shown[0]));
    this.#heard = shown[0].id;
  }

  render() {
    const { shown, waiting, paused } = store.alerts;
    const { missing, connected } = store;
    return html`
      <section aria-labelledby="alerts-title">
        ${head('alerts', say('alertsIntro'), null)}
        <div class="controls">
          <button id="pause" class="plain" @click=${() => store.alerts.pause(!paused)}>${say(paused ? 'resume' : 'pause')}</button>
          ${paused ? html`<span class="aside">${say('paused', waiting.length)}</span>` : nothing}
        </div>
        <p class="unseen" role="status">${this.announcement}</p>
        <div id="feed" role="status" data-missing=${connected === false ? 'dashboard-service' : missing ?? ''}>
          ${connected === false ? notice('error', say('feedAway')) : missing ? notice('error', say(FEED_WORDS[missing])) : nothing}
        </div>
        ${shown.length === 0 && !missing && connected !== false ? html`${notice(connected ? 'empty' : 'loading', say(connected ? 'noAlerts' : 'loading'))}` : nothing}
        <div class="scroll" tabindex="0" role="group" aria-labelledby="alerts-title">
          <ol id="alerts" data-count=${shown.length}>${repeat(shown, (alert) => alert.id, item)}</ol>
        </div>
      </section>`;
  }
});

const place = (alert) =>
  geography.nameOf(alert.latitude, alert.longitude)
  ?? `${decimal(alert.latitude, 2)} ; ${decimal(alert.longitude, 2)}`;

const standing = ({ claim }) => (claim ? (claim.outcome ? 'resolved' : 'claimed') : 'open');

/** Whether somebody goes there. */
function claim({ claim: by, escalatedAt }) {
  if (by) return phrase(by.outcome ? 'unitWasThere' : 'unitGoes', name(by.unitId));
  return escalatedAt ? html`<em>${say('escalated')}</em>` : say('unclaimed');
}

const item = (alert) => html`
  <li data-alert-id=${alert.id} data-exercise=${alert.exerciseId} data-standing=${standing(alert)} ?data-escalated=${alert.escalatedAt}>
    <time datetime=${alert.raisedAt}>${clock(new Date(alert.at))}</time>
    <b>${name(alert.exerciseId)}</b>
    <span class="where">${place(alert)}</span>
    <span class="claim">${claim(alert)}</span>
    <span class="score">${say('score', decimal(alert.score), count(alert.threshold))}</span>
    <svg aria-hidden="true" class="fall" height="4">
      <rect class="needed" width="${alert.threshold}%" height="4"></rect>
      <rect class="reached" width="${alert.score}%" height="4"></rect>
    </svg>
  </li>`;
