// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import vigie.benchmark.ProcessCost;

/** One way of sending to one gateway. */
final class Load {

  private static final Duration SLICE = Duration.ofSeconds(10);

  private final Gateway gateway;
  private final Form form;
  private final List<ByteBuffer> requests;

  Load(Gateway gateway, Form form, ExamResults results) {
    this.gateway = gateway;
    this.form = form;
    this.requests =
        results.requests(gateway.address().getHostString(), form.events(), gateway::token);
  }

  Form form() {
    return form;
  }

  /** On a busy machine the compiler needs minutes, and takes as much time as the code it makes. */
  void warmUp(Duration longest) throws IOException {
    long latest = System.nanoTime() + longest.toNanos();
    Measurement slice;
    do {
      slice = send(SLICE);
    } while (!slice.account().isWarm() && System.nanoTime() < latest);
  }

  /** Connections are made before, and not kept: those that only wait would be closed. */
  Measurement send(Duration duration) throws IOException {
    try (Laptops laptops = new Laptops(gateway.address(), form.connections())) {
      ProcessCost.Account before = gateway.cost().account();
      long start = System.nanoTime();
      Histogram times = laptops.send(requests, duration);
      return new Measurement(
          form,
          gateway.name(),
          System.nanoTime() - start,
          gateway.cost().account().since(before),
          times);
    }
  }
}
