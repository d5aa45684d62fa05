import { svg } from 'lit';
import { count } from '../language.js';

const ROUND = [1, 2, 5, 10];

/** The scale of bars up to `most`: the round number at its `top`, and the `lines` that say half and all of it. */
export function scale(most) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  const top = power * ROUND.find((one) => one * power >= most);
  const ticks = top % 2 === 0 ? [top / 2, top] : [top];
  return { top, lines: ticks.map((n) => line(n, 100 - (100 * n) / top)) };
}

const line = (n, percent) => svg`
  <line class="grid" x1="0" x2="100%" y1="${percent}%" y2="${percent}%"></line>
  <text class="tick" x="0" y="${percent}%" dy="1em">${count(n)}</text>`;
