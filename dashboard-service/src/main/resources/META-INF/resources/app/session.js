import { inThisLanguage } from './language.js';

const TOKEN = 'vigie-token';
const BACK = 'vigie-back';
const OVER = 'vigie-over';
const SIGN_IN = '/sign-in';
const CHECKED = '/v1/exercises/success-rates';

/** What a browser keeps in `storage`; it may forbid even that. */
const keptIn = (storage) => ({
  get: (key) => {
    try {
      return storage().getItem(key);
    } catch {
      return null;
    }
  },
  set: (key, value) => {
    try {
      if (value === null) storage().removeItem(key);
      else storage().setItem(key, value);
      return true;
    } catch {
      return false;
    }
  },
});

/** The token, for all tabs and after a restart of the browser: until it expires, or a tab signs out. */
const kept = keptIn(() => localStorage);
const keptInTab = keptIn(() => sessionStorage);

/** Whom a token is for, by its own words: only a service verifies them. Null where it is no token. */
export function bearer(token) {
  try {
    const body = atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'));
    const claims = JSON.parse(new TextDecoder().decode(Uint8Array.from(body, (byte) => byte.charCodeAt(0))));
    return { subject: claims.sub, roles: claims.groups ?? [], area: claims.area ?? null, until: new Date(claims.exp * 1000) };
  } catch {
    return null;
  }
}

/** Who uses this browser, by the token that was given to it, which is sent as a header and nowhere else. */
class Session {
  #leaving = false;

  constructor() {
    addEventListener('storage', ({ key, newValue }) => key === TOKEN && newValue === null && this.ended());
  }

  get token() {
    return kept.get(TOKEN);
  }

  /** `{ subject, roles, area, until }`; null for nobody. */
  get who() {
    return this.token && bearer(this.token);
  }

  get headers() {
    return this.token ? { Authorization: `Bearer ${this.token}` } : {};
  }

  /** Where no token is asked for, users have none and may do everything. */
  may(role) {
    return this.who?.roles.includes(role) ?? true;
  }

  /** Whether the last session ended because its token was not taken any more. */
  get over() {
    return keptInTab.get(OVER) !== null;
  }

  /** Keeps a token that the service takes: answers `taken`, `refused`, `no-answer` or `not-kept`. */
  async open(token) {
    const answer = await this.#ask(token);
    if (answer !== 'taken') return answer;
    if (!kept.set(TOKEN, token)) return 'not-kept';
    keptInTab.set(OVER, null);
    return 'taken';
  }

  /** What a patrol unit keeps on its phone goes with it. */
  close() {
    kept.set(TOKEN, null);
    for (const key of [BACK, OVER]) keptInTab.set(key, null);
    try {
      Object.keys(localStorage).filter((key) => key.startsWith('vigie-patrol-')).forEach((key) => localStorage.removeItem(key));
    } catch {
      // Nothing was kept there.
    }
  }

  /** Where somebody goes on who has signed in. */
  get back() {
    return keptInTab.get(BACK) ?? (this.who?.roles.includes('patrol') ? '/patrol' : '/');
  }

  /** A service did not take the token, or there is none: to the page for that, and back here from there. */
  ended() {
    if (this.#leaving || location.pathname === SIGN_IN) return;
    this.#leaving = true;
    keptInTab.set(BACK, location.href);
    if (this.token) keptInTab.set(OVER, 'true');
    kept.set(TOKEN, null);
    location.assign(inThisLanguage(SIGN_IN));
  }

  /** For whoever cannot see why a connection was refused, as with WebSockets. */
  async check() {
    if (this.token && await this.#ask(this.token) === 'refused') this.ended();
  }

  /** The role does not matter: who may not see these figures is told that, and known all the same. */
  async #ask(token) {
    const answer = await fetch(CHECKED, { method: 'HEAD', headers: { Authorization: `Bearer ${token}` } }).catch(() => null);
    if (!answer) return 'no-answer';
    return answer.status === 401 ? 'refused' : 'taken';
  }
}

export const session = new Session();
