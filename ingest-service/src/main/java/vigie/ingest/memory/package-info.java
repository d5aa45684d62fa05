// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** The memory that requests in progress hold, bounded for the process and for each sender. */
package vigie.ingest.memory;
