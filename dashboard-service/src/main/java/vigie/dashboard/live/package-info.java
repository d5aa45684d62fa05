// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** News as it happens: publications from PostgreSQL, alerts from Kafka, both to open pages. */
package vigie.dashboard.live;
