// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Requests to Redis whose answers count only when enough replicas confirm them. */
package vigie.alert.quorum;
