// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * What all packages of the service share: the configuration, who sends a request, and why a request
 * fails.
 */
package vigie.ingest.model;
