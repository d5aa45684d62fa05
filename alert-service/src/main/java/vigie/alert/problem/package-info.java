// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Errors of the HTTP API as {@code application/problem+json}, RFC 9457. */
package vigie.alert.problem;
