// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** The forms of Kafka side by side: what they carry, and what that costs. */
package vigie.benchmark.cluster;
