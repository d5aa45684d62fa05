const WORKER = '/patrol-worker.js';
const SCOPE = '/patrol';

const policy = globalThis.trustedTypes?.createPolicy('vigie-worker', { createScriptURL: (path) => path });

/** Has a service worker keep this page and its files for a start without network. There is one by https: and on loopback only. */
export async function keepForOffline() {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.register(policy?.createScriptURL(WORKER) ?? WORKER, { scope: SCOPE });
  const { active } = await navigator.serviceWorker.ready;
  const files = performance.getEntriesByType('resource').map(({ name }) => name);
  active.postMessage([...files, new URL(SCOPE, location).href]);
}
