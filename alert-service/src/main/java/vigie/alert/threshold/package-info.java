// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Thresholds in Redis, and the HTTP API by which staff read and change them. */
package vigie.alert.threshold;
