// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/**
 * A producer that is replaced when it refuses a record for another reason than that record or a
 * fault that passes: an idempotent producer may be left in a state in which it refuses all records
 * for good, for instance when it began while its rights were being set. It is also replaced on
 * {@link #renew}. What is in flight with the replaced one fails, and is sent again by its senders.
 * Safe for use by several threads.
 */
public final class RenewableProducer implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(RenewableProducer.class);

  /** Between two renewals: where a new producer is refused as well, a further one costs only. */
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final Supplier<Producer<byte[], byte[]>> next;
  private final Executor executor;
  private final LongSupplier nanos;
  private volatile Producer<byte[], byte[]> current;
  private long nextRenewal;
  private boolean closed;

  /**
   * @param first to begin with
   * @param next makes each further one
   * @param executor makes and closes producers, which takes a moment
   * @param nanos a clock that only goes forward
   */
  public RenewableProducer(
      Producer<byte[], byte[]> first,
      Supplier<Producer<byte[], byte[]>> next,
      Executor executor,
      LongSupplier nanos) {
    this.current = first;
    this.next = next;
    this.executor = executor;
    this.nanos = nanos;
    this.nextRenewal = nanos.getAsLong();
  }

  public Producer<byte[], byte[]> current() {
    return current;
  }

  /** Has {@code failed} replaced if it cannot be used any more. */
  public void noteFailure(Producer<byte[], byte[]> failed, Throwable why) {
    if (isFinal(why) && isDue(failed)) {
      executor.execute(() -> renew(failed, why.toString()));
    }
  }

  /**
   * Has the producer in use replaced. After the wall clock was set back, it would hold back an open
   * batch, and all that is added to it, until the clock reaches the linger time of before.
   */
  public void renew(String why) {
    Producer<byte[], byte[]> replaced = current;
    executor.execute(() -> renew(replaced, why));
  }

  private static boolean isFinal(Throwable why) {
    return !(why instanceof RetriableException) && !(why instanceof RecordTooLargeException);
  }

  private synchronized boolean isDue(Producer<byte[], byte[]> failed) {
    long now = nanos.getAsLong();
    if (closed || failed != current || now - nextRenewal < 0) {
      return false;
    }
    nextRenewal = now + INTERVAL.toNanos();
    return true;
  }

  private synchronized void renew(Producer<byte[], byte[]> replaced, String why) {
    if (closed || replaced != current) {
      return;
    }
    LOG.warnf("Kafka's producer is replaced: %s", why);
    current = next.get();
    replaced.close(Duration.ZERO);
  }

  @Override
  public synchronized void close() {
    closed = true;
    current.close(FAREWELL);
  }
}
