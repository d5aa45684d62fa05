// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.memory;

/**
 * A request in progress.
 *
 * @param reservation the memory that it holds
 * @param slot when it began, as {@link InFlightRequests} counts
 */
public record InFlightRequest(MemoryReservation reservation, int slot) {}
