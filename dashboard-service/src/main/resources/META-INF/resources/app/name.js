import { html } from 'lit';

/** What turns text around, takes no room, or looks like a space that it is not. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc\ufffd\u{e0100}-\u{e01ef}]|(?! )\p{Zs}/gu;

/** A name as people can see all of it: archives hold names that the services refuse today. */
const visible = (text) => text.replace(UNSEEN, (one) => `[U+${one.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);

/** A name that a user wrote: its direction stays its own, and CSS wraps or cuts it; the title has all of it. */
export const name = (text) => html`<bdi class="name" title=${visible(text)}>${visible(text)}</bdi>`;

/** The same for an attribute, which takes no element: between Unicode's isolates. */
export const plainName = (text) => `\u2068${visible(text)}\u2069`;
