import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { partOf } from '../part.js';
import { clock, decimal, say, shortDay } from '../language.js';
import { notice } from '../notice.js';
import { name } from '../name.js';
import { register } from './register.js';

customElements.define('vigie-changes', class extends partOf(register) {
  render() {
    const { changes, changesError, allChanges, removedChanges } = register;
    return html`
      <section aria-labelledby="changes-title">
        <header class="head"><h2 id="changes-title">${say('changes')}</h2><p>${say('changesIntro')}</p></header>
        ${changesError ? notice('error', say('unavailable')) : nothing}
        ${removedChanges ? notice('error', say('removedChanges', removedChanges)) : nothing}
        ${changes === null && !changesError ? notice('loading', say('loading')) : nothing}
        ${changes?.length === 0 ? notice('empty', say('noChanges')) : nothing}
        ${changes?.length ? html`
          <div class="scroll" tabindex="0" role="group" aria-labelledby="changes-title">
            <ol id="changes">${repeat(changes, (one) => one.id, item)}</ol>
          </div>
          ${allChanges ? nothing : html`
            <p class="fields"><button class="plain" @click=${() => register.olderChanges()}>${say('olderChanges')}</button></p>`}` : nothing}
      </section>`;
  }
});

function item({ at, who, exerciseId, version, threshold }) {
  const when = new Date(at);
  const today = when.toDateString() === new Date().toDateString();
  return html`
    <li data-exercise=${exerciseId} data-version=${version}>
      <time datetime=${at}>${today ? nothing : html`${shortDay(when)} `}${clock(when)}</time>
      <span class="what"><b>${name(exerciseId)}</b> ${threshold === undefined ? say('changeDeleted') : say('changeTo', decimal(threshold))}</span>
      <span class="who">${who === 'unknown' ? say('nobodySaid') : name(who)}, ${say('versionOf', version)}</span>
    </li>`;
}
