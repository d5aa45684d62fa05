import { json } from './fetch.js';

let told = null;

/** `host:port` of alert-service, which this host tells; once told, it is not asked for again. */
export function alertService() {
  told ??= json('/v1/neighbours').then((neighbours) => neighbours.alertService, (error) => {
    told = null;
    throw error;
  });
  return told;
}

/** A path of alert-service. The scheme is this page's own: browsers forbid a mixture. */
export const alertServiceUrl = async (path) => `${location.protocol}//${await alertService()}${path}`;
