import { html, nothing } from 'lit';
import { count, say } from '../language.js';

/** The search, and on a small screen the order, of a table whose head has no room for it. */
export const search = (listing, columns) => html`
  <div class="controls listing" role="search">
    <label>${say('find')} <input type="search" .value=${listing.text} autocomplete="off" spellcheck="false"
      @input=${(event) => listing.find(event.target.value)}></label>
    <label class="order">${say('sortBy')} <select @change=${(event) => listing.sortBy(event.target.value)}>
      ${columns.map(([column, words]) => html`<option value=${column} .selected=${listing.orderOf(column) !== null}>${words}</option>`)}
    </select></label>
  </div>`;

/** Which of all rows are shown, and the way to the others. */
export const pager = (listing, { from, to, found, isFirst, isLast }) => html`
  <div class="pager">
    <p role="status">${found === 0 ? say('nothingFound') : say('rowsShown', count(from), count(to), count(found))}</p>
    ${isFirst && isLast ? nothing : html`
      <button class="plain" data-action="previous" ?disabled=${isFirst} @click=${() => listing.turn(-1)}>${say('previous')}</button>
      <button class="plain" data-action="next" ?disabled=${isLast} @click=${() => listing.turn(1)}>${say('next')}</button>`}
  </div>`;

const ARROWS = { ascending: '↑', descending: '↓' };

/** The head of a column that can be sorted by. */
export const sortable = (listing, column, words, kind) => html`
  <th role="columnheader" scope="col" class=${kind} aria-sort=${listing.orderOf(column) ?? nothing}>
    <button class="sort" @click=${() => listing.sortBy(column)}>${words}<span aria-hidden="true">${ARROWS[listing.orderOf(column)] ?? ''}</span></button></th>`;
