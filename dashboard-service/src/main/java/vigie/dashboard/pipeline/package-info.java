// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** How far behind each stage is, as far as it can be measured from here. */
package vigie.dashboard.pipeline;
