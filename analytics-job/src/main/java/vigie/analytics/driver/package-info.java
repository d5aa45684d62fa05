// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Restarts the query after a failure, and reports health and metrics over HTTP. */
package vigie.analytics.driver;
