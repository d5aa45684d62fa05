// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * The laptops: {@code StudentSignal} reads a {@code Source}, {@code Run} paces, {@code Laptops}
 * send.
 */
package vigie.signal;
