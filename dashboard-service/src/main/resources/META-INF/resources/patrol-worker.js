// The service worker of the patrol page: where the network does not answer, the page starts from what was kept.
// What a unit knows of its alerts is kept by the page itself; no answer to a token is kept here.
const CACHE = 'vigie-patrol';
const PAGE = '/patrol';
const NETWORK_TIMEOUT_MILLIS = 4000;

/** A file is the same for all readers, whatever its Vary header names. */
const ANY_HEADERS = { ignoreVary: true };

/** Pages that started from the cache take all their files from there, so that no two versions meet. */
const withoutNetwork = new Set();

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

addEventListener('fetch', (event) => {
  if (isFile(event.request)) event.respondWith(answer(event));
});

/** The first page loads its files before there is a worker, and names them here: itself last, so that it is never kept without them. */
addEventListener('message', (event) => event.waitUntil(addMissing(event.data)));

function isFile({ method, url }) {
  const { origin, pathname } = new URL(url);
  return method === 'GET' && origin === location.origin && !pathname.startsWith('/v1/') && !pathname.startsWith('/q/');
}

async function addMissing(urls) {
  const cache = await caches.open(CACHE);
  const files = [...new Set(urls)].filter((url) => isFile({ method: 'GET', url }));
  for (const url of files) if (!await cache.match(url, ANY_HEADERS)) await cache.add(url);
}

async function answer(event) {
  const { request, clientId, resultingClientId } = event;
  const isPage = request.mode === 'navigate';
  const key = isPage ? PAGE : request;
  const cache = await caches.open(CACHE);
  const kept = await cache.match(key, ANY_HEADERS);
  if (kept && withoutNetwork.has(clientId)) return kept;
  try {
    const found = await fetch(request, kept && { signal: AbortSignal.timeout(NETWORK_TIMEOUT_MILLIS) });
    if (found.ok) event.waitUntil(cache.put(key, found.clone()));
    if (!kept || found.status < 500) return found;
  } catch (error) {
    if (!kept) throw error;
  }
  if (isPage) withoutNetwork.add(resultingClientId);
  return kept;
}
