// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** What it costs alert-service to serve patrol units, beside plain WebSocket servers of Node.js. */
package vigie.benchmark.delivery;
