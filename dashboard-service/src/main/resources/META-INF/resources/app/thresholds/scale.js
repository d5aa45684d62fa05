import { html, nothing, svg } from 'lit';

const GRID = [0, 25, 50, 75, 100];

/**
 * The scores 0 to 100 on a line: those that raise an alert, the threshold as a post, the one that is
 * being written as a dashed post, the mean score as a dot. The row has the figures.
 */
export function scale(threshold, wished, mean) {
  const written = Number.isFinite(wished) && wished !== threshold;
  return html`
    <svg class="interval scale" aria-hidden="true" height="22">
      ${GRID.map((tick) => svg`<line class="grid" x1="${tick}%" x2="${tick}%" y1="0" y2="100%"></line>`)}
      ${threshold === null ? nothing : svg`
        <rect class="below" x="0" width="${threshold}%" y="50%" height="10"></rect>
        <line class="post" x1="${threshold}%" x2="${threshold}%" y1="15%" y2="85%"></line>`}
      ${written ? svg`<line class="post wished" x1="${wished}%" x2="${wished}%" y1="5%" y2="95%"></line>` : nothing}
      ${mean === undefined ? nothing : svg`<circle class="dot" cx="${mean}%" cy="50%" r="4"></circle>`}
    </svg>`;
}
