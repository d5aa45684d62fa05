// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Whether readers see every batch of figures as a whole, whatever is killed. */
package vigie.faults.analytics;
