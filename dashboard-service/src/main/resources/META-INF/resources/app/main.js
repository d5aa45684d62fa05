import { language } from './language.js';

/** All pages come from one index.html, whose import map the security policy names; the path tells which. */
const PAGES = {
  '/': () => import('./parts/dashboard.js'),
  '/thresholds': () => import('./thresholds/page.js'),
  '/patrol': () => import('./patrol/page.js'),
};

const path = location.pathname in PAGES ? location.pathname : '/';
language.start(path);
const { page } = await PAGES[path]();
document.body.prepend(document.createElement(page));
