// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * The events that Vigie's parts exchange: classes generated from {@code *.avsc}, and their codec.
 */
package vigie.events;
