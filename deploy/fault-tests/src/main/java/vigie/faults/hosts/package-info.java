// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * Many hosts on one machine: each is a network namespace, a {@link vigie.faults.hosts.Nemesis}
 * plays a seeded {@link vigie.faults.hosts.Schedule} on them, and checkers hold the one {@link
 * vigie.faults.hosts.History} against all promises.
 */
package vigie.faults.hosts;
