// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * The settings of alert-service, which every package below uses. Results go through {@code
 * evaluation}, {@code threshold} and {@code quorum}; alerts go through {@code patrol.log} and
 * {@code patrol.session} to units.
 */
package vigie.alert;
