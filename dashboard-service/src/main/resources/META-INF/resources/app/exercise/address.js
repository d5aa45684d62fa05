const PATH = '/exercises/';

/** The page of an exercise, in the language that somebody chose. */
export function addressOf(exercise) {
  const lang = new URLSearchParams(location.search).get('lang');
  return PATH + encodeURIComponent(exercise) + (lang ? `?lang=${lang}` : '');
}

/** The exercise whose page this is, or null; an address that encodes none stands as it is, and no exercise is called so. */
export function exerciseHere() {
  if (!location.pathname.startsWith(PATH)) return null;
  const name = location.pathname.slice(PATH.length);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
