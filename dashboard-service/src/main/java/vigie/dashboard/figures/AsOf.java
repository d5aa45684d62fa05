// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import java.time.Instant;

/**
 * Up to when the newest figures hold everything.
 *
 * @param instant null before any publication, and until the archive has declared one
 * @param heldBackBy the table of the archive, with its partition, that is furthest behind
 */
public record AsOf(Instant instant, String heldBackBy) {}
