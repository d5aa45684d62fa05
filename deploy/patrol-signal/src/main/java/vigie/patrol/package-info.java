// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * A patrol unit's side of {@code vigie.patrol.v1}, as {@code deploy/docs/patrol-protocol.md}
 * specifies it.
 */
package vigie.patrol;
