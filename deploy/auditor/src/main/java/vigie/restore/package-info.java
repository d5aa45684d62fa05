// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0

/** Brings back what was lost, from what is still there. */
package vigie.restore;
