import { words as en } from './words/en.js';
import { words as fr } from './words/fr.js';

const all = { en, fr };

/** The page's language: from the URL, else the browser's first that is known. */
class Language extends EventTarget {
  #code = 'en';
  #path = '/';
  #of = null;

  /** What the title goes by: the path of the page, and what it is `of`. */
  start(path, of) {
    [this.#path, this.#of] = [path, of];
    const asked = new URLSearchParams(location.search).get('lang');
    const spoken = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
    this.#use([asked, ...spoken, 'en'].find((code) => Object.hasOwn(all, code)));
  }

  get code() {
    return this.#code;
  }

  choose(code) {
    const url = new URL(location.href);
    url.searchParams.set('lang', code);
    history.replaceState(null, '', url);
    this.#use(code);
  }

  #use(code) {
    this.#code = code;
    document.documentElement.lang = code;
    document.title = this.say('titles')[this.#path](this.#of);
    this.dispatchEvent(new Event('change'));
  }

  /** The words for `key`; a function among the words gets `values`. */
  say(key, ...values) {
    const phrase = all[this.#code][key];
    if (phrase === undefined) throw new Error(`No words for ${key} in ${this.#code}`);
    return typeof phrase === 'function' ? phrase(...values) : phrase;
  }
}

export const language = new Language();
/** The language that somebody chose is in the URL, and stays chosen on the next page. */
export function inThisLanguage(path) {
  const lang = new URLSearchParams(location.search).get('lang');
  return lang ? `${path}?lang=${encodeURIComponent(lang)}` : path;
}

export const say = (key, ...values) => language.say(key, ...values);

const PLACES = 0xe000;

/** As `say`, where a value may be a template: answers what lit draws. */
export function phrase(key, ...values) {
  const text = say(key, ...values.map((value, i) => (typeof value === 'object' ? String.fromCharCode(PLACES + i) : value)));
  return text.split(/([\ue000-\ue00f])/).map((part, i) => (i % 2 ? values[part.charCodeAt(0) - PLACES] : part));
}

const formats = new Map();
function format(kind, options) {
  const key = language.code + kind.name + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new kind(language.code === 'fr' ? 'fr-FR' : 'en-GB', options));
  return formats.get(key);
}

export const count = (n) => format(Intl.NumberFormat, {}).format(n);
export const decimal = (x, digits = 1) =>
  format(Intl.NumberFormat, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(x);
export const percent = (share, digits = 1) =>
  format(Intl.NumberFormat, {
    style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits,
  }).format(share);
export const clock = (instant) =>
  format(Intl.DateTimeFormat, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(instant);
export const time = (instant) => format(Intl.DateTimeFormat, { hour: '2-digit', minute: '2-digit' }).format(instant);
export const day = (instant) =>
  format(Intl.DateTimeFormat, { weekday: 'long', day: 'numeric', month: 'long' }).format(instant);
export const shortDay = (instant) => format(Intl.DateTimeFormat, { day: 'numeric', month: 'short' }).format(instant);

/** A length of time as people say it: one unit, two where it is short of the next. */
export function duration(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 60) return say('lastsSeconds', seconds);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return say('lastsMinutes', minutes, seconds % 60);
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? say('lastsHours', hours, minutes % 60) : say('lastsDays', Math.floor(hours / 24));
}
