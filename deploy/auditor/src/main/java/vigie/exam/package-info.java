// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** The end of an exam: what it came to, proven and signed, and the beginning of the next one. */
package vigie.exam;
