import { html } from 'lit';

const LINES = [1, 2, 3, 4];

/**
 * Why there is nothing to show, or not what one would expect: `kind` is empty, error or loading.
 * What is loading has the shape of what will be there, and says so to those who do not see it.
 */
export const notice = (kind, text) => (kind === 'loading'
  ? html`<div class="skeleton" data-notice="loading"><span class="unseen">${text}</span>${LINES.map(() => html`<i></i>`)}</div>`
  : html`<p class="notice" data-notice=${kind}>${text}</p>`);
