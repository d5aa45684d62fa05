// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Counts failures by exercise and H3 cell with Kafka Streams. */
package vigie.alert.hotspot;
