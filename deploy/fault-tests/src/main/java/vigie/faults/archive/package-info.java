// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * Whether the archive holds each Kafka record exactly once, whatever is killed or frozen while
 * results flow.
 */
package vigie.faults.archive;
