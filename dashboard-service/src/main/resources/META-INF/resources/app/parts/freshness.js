import { html, nothing } from 'lit';
import { partOf } from '../part.js';
import { clock, count, day, duration, say } from '../language.js';
import { store } from '../store.js';
import { lamp } from './lamp.js';

/** The parts that figures pass; while one of them is away, a result may be missing from the figures. */
const RESTS_ON = ['alert-service', 'archive-service', 'analytics-job'];

/** The consumer groups that figures pass. */
const READERS = /^(alert-judging|archive-(results|alerts|activity))$/;

/** What the page may honestly claim about its figures. */
function condition() {
  const { rates, errors, connected, outage, age, staleAfter, forbidden, pipeline } = store;
  if (forbidden) return ['disconnected', 'forbidden', say('forbiddenDetail')];
  if (!rates && !errors.rates && connected !== false) return ['disconnected', 'connecting', say('connectingDetail')];
  if (errors.rates?.code === 'figures-not-ready' && connected) return ['empty', 'empty', say('emptyDetail')];
  if (outage || errors.rates?.status === 503) return ['disconnected', 'disconnected', say('outageDetail')];
  if (connected !== true || errors.rates) return ['disconnected', 'disconnected', say('disconnectedDetail')];
  if (age === null) return ['empty', 'empty', say('emptyDetail')];
  const away = (pipeline?.parts ?? []).filter(({ name, state }) => RESTS_ON.includes(name) && state !== 'READY');
  if (away.length > 0) return ['stale', 'stale', say('partsAway', away.map(({ name }) => name).join(', '))];
  const late = (pipeline?.consumers ?? []).filter((one) => one.late && READERS.test(one.group));
  if (late.length > 0) return ['stale', 'stale', say('partsLate', late.map(({ group, topic }) => `${group} (${topic})`).join(', '))];
  if (age > staleAfter) return ['stale', 'stale', say('staleDetail', duration(age), pipeline?.heldBackBy ?? 'analytics-job')];
  return ['live', 'live', say('liveDetail', duration(age))];
}

customElements.define('vigie-freshness', class extends partOf(store) {
  connectedCallback() {
    super.connectedCallback();
    this.tick = setInterval(() => this.requestUpdate(), 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.tick);
  }

  render() {
    const [state, word, detail] = condition();
    const asOf = store.rates?.asOf ? new Date(store.rates.asOf) : null;
    return html`
      <section id="freshness" class="summit" data-state=${state} aria-label=${say('freshness')}>
        ${lamp(state, say(word))}
        <p class="as-of">${asOf
          ? html`${say('asOf')} <time id="as-of" datetime=${store.rates.asOf}>${clock(asOf)}</time>
              <span class="day">${day(asOf)}</span>`
          : say(state === 'empty' ? 'never' : 'none')}</p>
        <p class="detail">${detail} ${state === 'disconnected' && asOf ? say('old') : nothing}</p>
        ${asOf ? totals(store.rates) : nothing}
      </section>`;
  }
});

function totals({ exercises, others }) {
  const sum = (figure) => exercises.reduce((total, exercise) => total + exercise[figure], others[figure]);
  return html`
    <dl class="totals">
      <div><dt>${say('totalResults')}</dt><dd id="total-results">${count(sum('n'))}</dd></div>
      <div><dt>${say('totalFailures')}</dt><dd id="total-failures">${count(sum('failures'))}</dd></div>
      <div><dt>${say('totalExercises')}</dt><dd>${count(exercises.length + others.exercises)}</dd></div>
    </dl>`;
}
