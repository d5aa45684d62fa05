// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Connected units: where each resumes, what it receives and acknowledges, and its claims. */
package vigie.alert.patrol.session;
