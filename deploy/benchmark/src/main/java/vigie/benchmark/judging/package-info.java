// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** What it costs alert-service to judge results, beside one question to Redis for each. */
package vigie.benchmark.judging;
