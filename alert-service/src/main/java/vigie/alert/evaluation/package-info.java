// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Compares each result with its threshold: poll, confirmed read, compare, send, await, commit. */
package vigie.alert.evaluation;
