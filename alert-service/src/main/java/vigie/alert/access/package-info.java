// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** The caller of an HTTP request. */
package vigie.alert.access;
