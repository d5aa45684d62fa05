// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** The systems, options and randomness that the fault tests share. */
package vigie.faults.harness;
