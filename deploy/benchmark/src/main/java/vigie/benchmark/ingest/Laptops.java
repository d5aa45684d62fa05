// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.ingest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Many connections on one thread, so that the sender takes little of the machine it measures. */
final class Laptops implements AutoCloseable {

  private static final long LONGEST = TimeUnit.MINUTES.toMicros(1);
  private static final int DIGITS = 3;
  private static final int ANSWER_BYTES = 64 * 1024;

  private final Selector selector = Selector.open();
  private final List<Laptop> laptops = new ArrayList<>();
  private final ByteBuffer memory = ByteBuffer.allocateDirect(ANSWER_BYTES);

  Laptops(InetSocketAddress server, int connections) throws IOException {
    for (int i = 0; i < connections; i++) {
      laptops.add(new Laptop(server, selector));
    }
  }

  /**
   * Sends the requests round and round; each connection waits for its answer before it sends again.
   *
   * @return times from a request to its answer, microseconds
   * @throws IOException when any request is not accepted as a whole
   */
  Histogram send(List<ByteBuffer> requests, Duration duration) throws IOException {
    Histogram times = new Histogram(LONGEST, DIGITS);
    int next = 0;
    for (Laptop laptop : laptops) {
      laptop.send(requests.get(next++ % requests.size()));
    }
    int open = laptops.size();
    long end = System.nanoTime() + duration.toNanos();
    while (open > 0) {
      selector.select();
      for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
        SelectionKey key = keys.next();
        keys.remove();
        Laptop laptop = (Laptop) key.attachment();
        if (key.isWritable()) {
          laptop.write();
        }
        if (key.isReadable() && laptop.read(memory)) {
          long now = System.nanoTime();
          times.recordValue(TimeUnit.NANOSECONDS.toMicros(now - laptop.sentAt()));
          if (now < end) {
            laptop.send(requests.get(next++ % requests.size()));
          } else {
            open--;
          }
        }
      }
    }
    return times;
  }

  @Override
  public void close() throws IOException {
    for (Laptop laptop : laptops) {
      laptop.close();
    }
    selector.close();
  }
}
