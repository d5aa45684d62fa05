// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Redis as one primary and two replicas, with or without Sentinels. */
package vigie.stack.redis;
