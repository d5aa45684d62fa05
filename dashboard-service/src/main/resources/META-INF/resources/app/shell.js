// No module, so that it runs where a module does not: what the page says until it is there, and when it does not come.
(() => {
  const SLOW_MILLIS = 20_000;
  const asked = new URLSearchParams(location.search).get('lang');
  const code = [asked, ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())].find((one) => one === 'fr' || one === 'en');
  document.documentElement.lang = code ?? 'en';

  const shell = () => document.getElementById('shell');
  const fail = () => shell()?.setAttribute('data-state', navigator.onLine ? 'failed' : 'offline');
  const slow = setTimeout(fail, SLOW_MILLIS);
  addEventListener('error', ({ target }) => (target === window || target.localName === 'script') && fail(), true);
  addEventListener('unhandledrejection', fail);
  addEventListener('online', () => shell()?.hasAttribute('data-state') && location.reload());
  document.addEventListener('vigie-page', () => {
    clearTimeout(slow);
    shell()?.remove();
  });
  document.addEventListener('click', ({ target }) => target.closest('[data-action="reload"]') && location.reload());
})();
