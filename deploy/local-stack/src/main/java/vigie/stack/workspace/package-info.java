// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * The working copy and the folders of a stack: what is prepared once, copied from a template or
 * unpacked. Every failure that a person has to read is one exception of this package.
 */
package vigie.stack.workspace;
