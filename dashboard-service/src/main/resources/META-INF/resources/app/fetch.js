/** The JSON at `url`; a refusal becomes an Error with the problem's `code` and `status`. */
export async function json(url) {
  const answer = await fetch(url, { headers: { Accept: 'application/json' } });
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw Object.assign(new Error(body.detail ?? `HTTP ${answer.status}`), {
    code: body.code, status: answer.status,
  });
}
