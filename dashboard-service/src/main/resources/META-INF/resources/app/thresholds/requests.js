import { alertServiceUrl } from '../alert-service.js';
import { request } from '../fetch.js';

const READING_MILLIS = 2500;

const condition = (version) => (version === null ? { 'If-None-Match': '*' } : { 'If-Match': `"${version}"` });

const at = async (exerciseId) => alertServiceUrl(`/v1/thresholds/${encodeURIComponent(exerciseId)}`);

/** Read often, so that a page soon says when nobody answers. */
export async function list() {
  const answer = await request(await alertServiceUrl('/v1/thresholds'), { signal: AbortSignal.timeout(READING_MILLIS) });
  return (await answer.json()).thresholds;
}

/** `{exerciseId, threshold, version}`; null where the exercise has no threshold. */
export async function current(exerciseId) {
  try {
    return await (await request(await at(exerciseId))).json();
  } catch (refusal) {
    if (refusal.code === 'no-threshold') return null;
    throw refusal;
  }
}

/** Sets the threshold if `version` is still the one there; null: if none is there. */
export async function put(exerciseId, threshold, version) {
  const answer = await request(await at(exerciseId), {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', ...condition(version) },
    body: JSON.stringify({ threshold }),
  });
  return answer.json();
}

export async function remove(exerciseId, version) {
  await request(await at(exerciseId), { method: 'DELETE', headers: condition(version) });
  return null;
}

/** What became of each line of `sheet`, which is CSV; all lines are tried, however long that takes. */
export async function load(sheet) {
  const answer = await request(await alertServiceUrl('/v1/thresholds'), {
    method: 'PUT', headers: { 'Content-Type': 'text/csv' }, body: sheet, signal: null,
  });
  return answer.json();
}

/** Who changed what, newest first; those before the change with the id `before`, if one is given; and how many were removed. */
export async function changes(limit, before) {
  const older = before ? `&before=${before}` : '';
  const answer = await request(await alertServiceUrl(`/v1/threshold-changes?limit=${limit}${older}`));
  return answer.json();
}
