// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Claims of alerts in Redis, and the outbox of their reports. */
package vigie.alert.claim;
