// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Tokens for development and tests, in place of the identity provider of an exam. */
package vigie.issuer;
