import { json } from './fetch.js';

let told = null;

/** What this host tells of itself and of alert-service; once told, it is not asked for again. */
function neighbours() {
  told ??= json('/v1/neighbours').catch((error) => {
    told = null;
    throw error;
  });
  return told;
}

/** `host:port` of alert-service. */
export const alertService = async () => (await neighbours()).alertService;

/** `tokens`, or `open` where nobody needs one. */
export const access = async () => (await neighbours()).access;

/** A path of alert-service. The scheme is this page's own: browsers forbid a mixture. */
export const alertServiceUrl = async (path) => `${location.protocol}//${await alertService()}${path}`;
