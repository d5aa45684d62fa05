// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** What all answers share: problems as RFC 9457 describes them, and CSV. */
package vigie.dashboard.http;
