// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Frames and values of the WebSocket subprotocol {@code vigie.patrol.v1}. */
package vigie.alert.patrol.protocol;
