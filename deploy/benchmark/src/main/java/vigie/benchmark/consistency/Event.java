// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.consistency;

import java.time.Instant;
import java.util.UUID;

/**
 * One result as its laptop saw it. Its score is below every threshold, so that an alert tells how
 * it was judged.
 *
 * @param id under which it is stored
 * @param sent before the first byte of the request, ns of this process's monotonic clock: whatever
 *     was acknowledged before was acknowledged before the result was accepted
 * @param sentAt the same instant by the machine's clock, which alert-service reads as well
 * @param accepted whether ingest-service answered 202; else it may be judged or not
 */
record Event(UUID id, String exercise, long sent, Instant sentAt, boolean accepted) {}
