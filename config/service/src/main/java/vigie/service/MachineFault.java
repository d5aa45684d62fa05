// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

import org.jboss.logging.Logger;

/**
 * An error of the virtual machine itself, such as that there is no memory: threads that go on may
 * be left with half of what they did. The process ends as if it were killed, which no promise
 * depends on, and is started again by what watches over it. A stack overflow does not count: it
 * comes from what one thread was given, and only that thread has lost anything.
 */
public final class MachineFault {

  private static final Logger LOG = Logger.getLogger(MachineFault.class);

  /** As {@code -XX:+ExitOnOutOfMemoryError} says it. */
  private static final int STATUS = 3;

  private MachineFault() {}

  public static boolean is(Throwable failure) {
    return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
  }

  /** Ends this process at once, without the hooks that would need what may be broken. */
  public static void endProcess(Throwable failure) {
    try {
      LOG.fatal("The process ends, to be started again", failure);
    } finally {
      Runtime.getRuntime().halt(STATUS);
    }
  }
}
