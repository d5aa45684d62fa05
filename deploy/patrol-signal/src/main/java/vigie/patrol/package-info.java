// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** A patrol unit's side of {@code vigie.patrol.v1}, as the README of alert-service specifies it. */
package vigie.patrol;
