// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * The command line behind {@code deploy/up}: reads the options, prints what becomes ready, and
 * stops the stack on Ctrl-C.
 */
package vigie.stack.cli;
