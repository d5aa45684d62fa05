// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Raises alerts again that no unit claimed in time. */
package vigie.alert.escalation;
