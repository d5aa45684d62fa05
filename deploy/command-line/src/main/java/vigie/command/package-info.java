// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0

/** How the commands of {@code deploy/} parse their arguments and report what is wrong. */
package vigie.command;
