// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Erases a student or days from the archive, and proves it by a scan of every file. */
package vigie.analytics.erasure;
