// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** The forms of Kafka side by side: what they carry, what that costs, and what they survive. */
package vigie.benchmark.cluster;
