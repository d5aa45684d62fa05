// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** What a service with a public port needs: the same in each. */
package vigie.service;
