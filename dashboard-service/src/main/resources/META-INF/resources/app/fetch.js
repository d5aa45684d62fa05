import { session } from './session.js';

const PATIENCE_MILLIS = 15_000;

/**
 * The answer to a request, which carries the token; where that is not taken, the page for
 * a new one follows. A refusal becomes an Error with the problem's `code` and `status`; where
 * nothing came back, so that nobody knows what became of the request, the code is `no-answer`.
 */
export async function request(url, { headers, ...init } = {}) {
  const answer = await fetch(url, {
    signal: AbortSignal.timeout(PATIENCE_MILLIS), ...init, headers: { ...headers, ...session.headers },
  }).catch((lost) => {
    throw Object.assign(new Error(lost.message), { code: 'no-answer', status: 0 });
  });
  if (answer.ok) return answer;
  if (answer.status === 401) session.ended();
  const problem = await answer.json().catch(() => ({}));
  throw Object.assign(new Error(problem.detail ?? `HTTP ${answer.status}`), {
    code: problem.code, status: answer.status,
  });
}

/** The JSON at `url`. */
export async function json(url) {
  const answer = await request(url, { headers: { Accept: 'application/json' } });
  return answer.json();
}
