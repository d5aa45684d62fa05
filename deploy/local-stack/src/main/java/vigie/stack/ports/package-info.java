// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * The port of each component: fixed ones from {@code config/ports.env}, or free ones from the range
 * of this JVM.
 */
package vigie.stack.ports;
