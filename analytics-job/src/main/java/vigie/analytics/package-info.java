// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * The command line of the analytics: it runs the streaming query, or one of the commands that
 * recompute, maintain and erase.
 */
package vigie.analytics;
