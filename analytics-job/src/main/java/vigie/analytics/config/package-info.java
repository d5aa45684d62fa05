// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** The configuration, read from the environment and checked at the start. */
package vigie.analytics.config;
