// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * Child processes: their command lines, logs, readiness, signals and restarts. No child outlives
 * the JVM that started it.
 */
package vigie.stack.process;
