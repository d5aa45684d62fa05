// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0

/** How the commands of {@code deploy/} parse arguments, report what is wrong, and write files. */
package vigie.command;
