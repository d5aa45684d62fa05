// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * Who may see what: staff and admins all figures and streams, anybody the pages, which hold none.
 */
package vigie.dashboard.access;
