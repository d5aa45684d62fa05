// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** A standalone Spark cluster for the analytics. */
package vigie.stack.spark;
