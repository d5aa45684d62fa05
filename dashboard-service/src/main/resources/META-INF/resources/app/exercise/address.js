const PATH = '/exercises/';

/** The page of an exercise, in the language that somebody chose. */
export function addressOf(exercise) {
  const lang = new URLSearchParams(location.search).get('lang');
  return PATH + encodeURIComponent(exercise) + (lang ? `?lang=${lang}` : '');
}

/** The exercise whose page this is, or null. */
export const exerciseHere = () =>
  location.pathname.startsWith(PATH) ? decodeURIComponent(location.pathname.slice(PATH.length)) : null;
