// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

/** Something to wait for; an exception means "not yet" and is told if it never comes true. */
@FunctionalInterface
public interface Condition {

  boolean holds() throws Exception;
}
