import { html } from 'lit';

/** Why there is nothing to show, or not what one would expect: `kind` is empty, error or loading. */
export const notice = (kind, text) => html`<p class="notice" data-notice=${kind}>${text}</p>`;
