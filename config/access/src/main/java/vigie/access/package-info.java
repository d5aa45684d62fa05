// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Who may do what: the same in each service. */
package vigie.access;
