import { html, nothing } from 'lit';
import { partOf } from '../part.js';
import { lamp } from '../parts/lamp.js';
import { clock, count, say } from '../language.js';
import { register } from './register.js';

/** What the page may honestly claim about what it shows. */
function condition() {
  const { thresholds, error, forbidden } = register;
  if (forbidden) return ['disconnected', 'forbidden', say('forbiddenDetail')];
  if (!error && !thresholds) return ['empty', 'connecting', say('readingThresholds')];
  if (!error) return ['live', 'confirmed', say('confirmedDetail')];
  return error.code === 'unconfirmed'
    ? ['stale', 'unconfirmed', say('unconfirmedDetail')]
    : ['disconnected', 'disconnected', say('alertServiceAway')];
}

customElements.define('vigie-thresholds-state', class extends partOf(register) {
  render() {
    const [state, word, detail] = condition();
    const { thresholds, readAt, error, exercises } = register;
    const without = exercises.filter((one) => one.threshold === null && !register.edits.has(one.exerciseId)).length;
    return html`
      <section id="thresholds-state" class="summit" data-state=${state} aria-label=${say('thresholds')}>
        ${lamp(state, say(word))}
        <p class="as-of">${readAt
          ? html`${say('readAt')} <time datetime=${readAt.toISOString()}>${clock(readAt)}</time>`
          : say('notReadYet')}</p>
        <p class="detail">${detail} ${error && thresholds ? say('oldThresholds') : nothing}</p>
        ${thresholds ? html`
          <dl class="totals">
            <div><dt>${say('withThreshold', thresholds.length)}</dt><dd>${count(thresholds.length)}</dd></div>
            <div><dt>${say('withoutThreshold')}</dt><dd>${count(without)}</dd></div>
          </dl>` : nothing}
      </section>`;
  }
});
