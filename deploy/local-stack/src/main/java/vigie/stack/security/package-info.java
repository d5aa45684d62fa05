// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Certificates and passwords of a stack whose components authenticate each other. */
package vigie.stack.security;
