import { html, nothing, svg } from 'lit';
import { clock, count, decimal, duration, phrase, say } from '../language.js';
import { geography } from '../geography.js';
import { name, plainName } from '../name.js';
import { directionsTo } from './directions.js';
import { unit } from './unit.js';
import { whereabouts } from './whereabouts.js';

const OUTCOMES = ['helped', 'nothing-wrong', 'not-found'];
const OUTCOME_WORDS = { 'helped': 'outcomeHelped', 'nothing-wrong': 'outcomeNothing', 'not-found': 'outcomeNotFound' };
const PROBLEM_WORDS = { 'already-claimed': 'alreadyClaimed', 'not-yours': 'alreadyClaimed', 'unknown-alert': 'unknownAlert' };
const OLD_MILLIS = 3_600_000;

export const placeOf = (alert) =>
  geography.nameOf(alert.latitude, alert.longitude)
  ?? `${decimal(alert.latitude, 3)} ; ${decimal(alert.longitude, 3)}`;

/** One alert, with what can be done about it in one tap. */
export function card({ alert, claim, missed, standing }) {
  const problem = unit.problems.get(alert.id);
  const raised = new Date(alert.raisedAt);
  const age = Date.now() - raised;
  return html`
    <li tabindex="-1" data-alert-id=${alert.id} data-exercise=${alert.exerciseId} data-standing=${standing}
      ?data-escalated=${alert.escalatedAt && standing === 'open'} ?data-missed=${missed}>
      <p class="when"><time datetime=${alert.raisedAt}>${clock(raised)}</time>
        <span>${age < OLD_MILLIS ? say('ago', duration(age)) : nothing}</span>
        ${missed ? html`<span class="missed">${say('whileAway')}</span>` : nothing}</p>
      ${distance(alert)}
      <h3>${name(alert.exerciseId)}</h3>
      <p class="where">${placeOf(alert)} · ${say('student')} ${name(alert.studentId)}</p>
      <p class="score">${say('score', decimal(alert.score), count(alert.threshold))}</p>
      <svg aria-hidden="true" class="fall" height="4">
        <rect class="needed" width="${alert.threshold}%" height="4"></rect>
        <rect class="reached" width="${alert.score}%" height="4"></rect>
      </svg>
      ${alert.escalatedAt && standing === 'open' ? html`<p class="urgent">${say('escalatedHere')}</p>` : nothing}
      ${problem ? html`<p class="urgent" role="status">${PROBLEM_WORDS[problem] ? say(PROBLEM_WORDS[problem]) : say('refusedHere', problem)}</p>` : nothing}
      ${STANDINGS[standing](alert, claim)}
    </li>`;
}

const STANDINGS = {
  open: (alert, claim) => html`
    ${claim ? html`<p class="claimed">${claim.unitId === unit.id ? say('releasedByYou') : phrase('releasedBy', name(claim.unitId))}</p>` : nothing}
    <div class="acts">
      <button class="strong-choice tall" data-action="claim" aria-label=${say('claimOf', plainName(alert.exerciseId), placeOf(alert))}
        @click=${act(() => unit.claim(alert))}>${say('claim')}</button>
      ${way(alert)}
    </div>`,
  undoable: (alert) => html`
    <div class="acts">
      <p class="undoable"><span role="status">${say('goingSoon')}</span> <span aria-hidden="true">${say('sentIn', Math.ceil(unit.undoLeft(alert) / 1000))}</span></p>
      <button class="plain tall" data-action="undo" @click=${act(() => unit.undo(alert))}>${say('undo')}</button>
    </div>`,
  asked: () => html`<p class="asked" role="status">${say(unit.state === 'connected' ? 'asking' : 'askingLater')}</p>`,
  mine: (alert) => html`
    <div class="acts" role="group" aria-label=${say('resolveOf', plainName(alert.exerciseId), placeOf(alert))}>
      ${OUTCOMES.map((outcome, i) => html`
        <button class=${i === 0 ? 'strong-choice tall' : 'plain tall'} data-outcome=${outcome}
          @click=${act(() => unit.resolve(alert, outcome))}>${say(OUTCOME_WORDS[outcome])}</button>`)}
      ${way(alert)}
      <button class="give-back" data-action="release" aria-label=${say('releaseOf', plainName(alert.exerciseId), placeOf(alert))}
        @click=${act(() => unit.release(alert))}>${say('release')}</button>
    </div>`,
  other: (alert, claim) => html`<p class="claimed">${phrase('claimedBy', name(claim.unitId), claim.claimedAt ? clock(new Date(claim.claimedAt)) : '')}</p>`,
  resolved: (alert, claim) => html`<p class="claimed">${phrase('resolvedBy', claim.unitId === unit.id ? say('yourUnit') : name(claim.unitId),
    OUTCOME_WORDS[claim.outcome] ? say(OUTCOME_WORDS[claim.outcome]) : name(claim.outcome))}</p>`,
};

/** The button goes with what it did; who uses a keyboard goes on from the card, which stays. */
const act = (work) => ({ target }) => {
  target.closest('li').focus({ preventScroll: true });
  work();
};

const way = (alert) => html`
  <a class="way" href=${directionsTo(alert)} target="_blank" rel="noreferrer">${say('way')}<span class="unseen"> ${plainName(alert.exerciseId)}</span></a>`;

/** How far `metres` are, in the unit that people use. */
export const far = (metres) => (metres < 950 ? say('metres', count(Math.round(metres / 10) * 10))
  : say('kilometres', decimal(metres / 1000, metres < 9950 ? 1 : 0)));

function distance(alert) {
  const way = whereabouts.to(alert);
  if (!way) return nothing;
  return html`<p class="distance" data-metres=${Math.round(way.metres)}>${far(way.metres)}
    <svg viewBox="-10 -10 20 20" aria-hidden="true">${svg`<path transform="rotate(${way.degrees})" d="M0-8 6 7 0 4-6 7Z"></path>`}</svg></p>`;
}
