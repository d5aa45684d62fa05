// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Which connections of units are accepted, and when they end: tokens, limits, revocation. */
package vigie.alert.patrol.admission;
