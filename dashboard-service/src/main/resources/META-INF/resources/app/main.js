import { access } from './alert-service.js';
import { exerciseHere } from './exercise/address.js';
import { language } from './language.js';
import { session } from './session.js';

/** All pages come from one index.html, whose import map the security policy names; the path tells which. */
const PAGES = {
  '/': () => import('./parts/dashboard.js'),
  '/exercises/': () => import('./exercise/page.js'),
  '/pipeline': () => import('./pipeline/page.js'),
  '/thresholds': () => import('./thresholds/page.js'),
  '/patrol': () => import('./patrol/page.js'),
  '/sign-in': () => import('./sign-in/page.js'),
};

const path = Object.keys(PAGES).findLast((begin) => location.pathname.startsWith(begin));
language.start(path, exerciseHere());

/** Without a token nothing is asked for that would be refused. Where this host does not answer, the page says so. */
async function isForSignIn() {
  if (session.token || path === '/sign-in') return false;
  return await access().catch(() => null) === 'tokens';
}

const { page } = await PAGES[path]();
if (await isForSignIn()) session.ended();
else {
  const element = document.createElement(page);
  document.body.prepend(element);
  await element.updateComplete;
  document.dispatchEvent(new Event('vigie-page'));
}
