// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** TCP proxies that stop to forward between servers, to simulate a network partition. */
package vigie.stack.network;
