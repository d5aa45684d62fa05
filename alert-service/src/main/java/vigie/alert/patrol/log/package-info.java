// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Alerts and reports by position: the newest in memory, older ones from Kafka. */
package vigie.alert.patrol.log;
