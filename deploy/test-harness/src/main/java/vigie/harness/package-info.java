// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** What all tests share: tiers, seeds, and a listener that records the cost of each class. */
package vigie.harness;
