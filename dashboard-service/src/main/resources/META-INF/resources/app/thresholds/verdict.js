import { html, nothing } from 'lit';
import { decimal, phrase, say } from '../language.js';
import { name } from '../name.js';
import { register } from './register.js';

const REASONS = {
  'threshold-out-of-range': 'outOfRange',
  'malformed-threshold': 'outOfRange',
  'malformed-exercise-id': 'badExerciseId',
  'forbidden': 'mayNotChange',
};

const shown = (threshold) => decimal(threshold, Number.isInteger(threshold) ? 0 : 1);

/**
 * The form of one edit, and what became of it so far, in words, with the choices that there are;
 * `acting` is told before each of them.
 */
export function verdict(edit, acting) {
  const { exerciseId, phase } = edit;
  const act = (work) => (event) => {
    event.preventDefault();
    acting();
    return work();
  };
  const giveUp = () => register.giveUp(exerciseId);
  const escape = (event) => event.key === 'Escape' && phase !== 'sending' && act(giveUp)(event);
  return html`
    <form class="edit" novalidate @submit=${act(() => edit.send())} @keydown=${escape}>
      ${edit.deleting ? nothing : html`
        <label>${phrase('newThreshold', name(exerciseId))}
          <input inputmode="decimal" autocomplete="off" maxlength="8" size="6" .value=${edit.text}
            aria-invalid=${phase === 'refused'} ?readonly=${!['open', 'refused'].includes(phase)}
            @input=${(event) => edit.write(event.target.value)}></label>`}
      ${WORDS[phase]?.(edit) ?? nothing}
      <span class="choices">${choices(edit, act, giveUp)}</span>
    </form>`;
}

const said = (kind, words) => html`<p class="verdict notice" role="alert" tabindex="-1" data-notice=${kind}>${words}</p>`;

const WORDS = {
  open: (edit) => (edit.deleting ? html`<p class="verdict" tabindex="-1">${phrase('deleteQuestion', name(edit.exerciseId))}</p>` : nothing),
  sending: () => html`<p class="verdict" role="status" tabindex="-1">${say('sending')}</p>`,
  unsure: (edit) => said('error', say(edit.code === 'no-answer' ? 'noAnswer' : 'indeterminate')),
  unchanged: () => said('error', say('unchanged')),
  conflict: (edit) => said('error', edit.other
    ? say('conflict', shown(edit.other.threshold), edit.other.version, edit.version)
    : say('conflictDeleted', edit.version)),
  unread: () => said('error', say('conflictUnread')),
  refused: (edit) => said('error', REASONS[edit.code] ? say(REASONS[edit.code]) : `${say('refused')} ${edit.detail ?? ''}`),
};

function choices(edit, act, giveUp) {
  const button = (action, words, work, strong) => html`
    <button type="button" class=${strong ? 'strong-choice' : 'plain'} data-action=${action} @click=${act(work)}>${words}</button>`;
  const cancel = button('cancel', say('cancel'), giveUp);
  const send = () => edit.send();
  switch (edit.phase) {
    case 'sending':
    case 'done':
      return nothing;
    case 'unsure':
    case 'unchanged':
      return html`${button('again', say('sendAgain'), send, true)} ${button('cancel', say('leaveIt'), giveUp)}`;
    case 'unread':
      return html`${button('look', say('lookAgain'), () => edit.lookAgain(), true)} ${cancel}`;
    case 'conflict':
      return html`
        ${button('keep', edit.other ? say('keepOther', shown(edit.other.threshold)) : say('keepDeleted'), giveUp)}
        ${button('insist', edit.deleting ? say('deleteAllTheSame') : say('setAllTheSame', edit.text), () => edit.insist())}`;
    default:
      return edit.deleting
        ? html`${button('delete', say('remove'), send, true)} ${cancel}`
        : html`
          <button class="strong-choice" data-action="save">${say('save')}</button> ${cancel}
          ${edit.version === null ? nothing : button('wish-to-delete', say('deleteIt'), () => edit.wishToDelete())}`;
  }
}
