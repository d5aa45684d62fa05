// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * Starts the systems and services of Vigie on this machine, each as a child process. {@code
 * VigieStack} orders the start; a test uses it, or one of the packages below it, directly.
 */
package vigie.stack;
