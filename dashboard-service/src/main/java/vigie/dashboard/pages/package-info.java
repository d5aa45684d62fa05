// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** The addresses of the pages, and what they need to know of other services. */
package vigie.dashboard.pages;
