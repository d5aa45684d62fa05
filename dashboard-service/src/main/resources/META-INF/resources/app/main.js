import { language } from './language.js';

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
language.start(path);
const { page } = await PAGES[path]();
document.body.prepend(document.createElement(page));
