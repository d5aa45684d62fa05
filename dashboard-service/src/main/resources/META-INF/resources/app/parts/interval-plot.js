import { svg, html } from 'lit';
import { percent } from '../language.js';

const GRID = [0, 25, 50, 75, 100];
const at = (share) => `${(share * 100).toFixed(2)}%`;

/** A success rate as a dot on a scale from 0 to 100 %, its interval as a band; the row has the figures. */
export function intervalPlot({ successRate, low, high }) {
  const width = Math.max(high - low, 0.006);
  const start = Math.min(low, 1 - width);
  return html`
    <svg class="interval" aria-hidden="true" height="22">
      <title>${percent(low)} – ${percent(high)}</title>
      ${GRID.map((tick) => svg`<line class="grid" x1="${tick}%" x2="${tick}%" y1="0" y2="100%"></line>`)}
      <line class="track" x1="0" x2=${at(successRate)} y1="50%" y2="50%"></line>
      <rect class="band" x=${at(start)} width=${at(width)} y="4" height="14" rx="2"></rect>
      <circle class="dot" cx=${at(successRate)} cy="50%" r="4"></circle>
    </svg>`;
}
