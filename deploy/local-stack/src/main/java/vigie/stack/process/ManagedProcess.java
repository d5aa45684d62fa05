// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import java.time.Duration;

/** A system or service that runs as one process, and what tests and operators do to it. */
public interface ManagedProcess extends AutoCloseable {

  /** How long a part that starts may do hardly anything before it is given up. */
  Duration STARTUP = Duration.ofMinutes(4);

  ChildProcess process();

  /** Whether the part can do its work now. An exception means "not yet". */
  boolean isReady() throws Exception;

  default String name() {
    return process().name();
  }

  /** What has to come before each start, also before one after a death. */
  default void prepare() {}

  default void start() {
    prepare();
    process().start();
  }

  /** As {@link ChildProcess#restartIfDied}. */
  default boolean restartIfDied() {
    if (process().diedByItself()) {
      prepare();
    }
    return process().restartIfDied();
  }

  default void awaitReady() {
    process().await(this::isReady);
  }

  default void awaitReady(Duration timeout) {
    process().await(timeout, this::isReady);
  }

  /** SIGKILL. */
  default void kill() {
    process().kill();
  }

  /** SIGTERM, then SIGKILL if that does not help. */
  default void stop() {
    process().stop();
  }

  /** From now on {@link #close} kills: for a test whose proof is not how the part ends. */
  default void killWhenClosed() {
    process().killWhenClosed();
  }

  /** SIGSTOP. */
  default void freeze() {
    process().freeze();
  }

  /** SIGCONT. */
  default void resume() {
    process().resume();
  }

  /** Ends the process if it runs, and starts it again with the same data and ports. */
  default void restart() {
    stop();
    start();
    awaitReady();
  }

  @Override
  default void close() {
    process().close();
  }
}
