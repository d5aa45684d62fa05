// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One run, from the first event to the summary. It is open-loop: events are due by the clock,
 * however long the answers take. A SIGINT or SIGTERM ends the sending; what is under way is
 * awaited.
 */
final class Run {

  private final Source source;
  private final Tokens tokens;
  private final Laptops laptops;
  private final Tally tally;
  private final double eventsPerSecond;
  private final int batchSize;
  private final Duration duration;
  private final Instant start = Instant.now();
  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  Run(
      Source source,
      Tokens tokens,
      Laptops laptops,
      Tally tally,
      double eventsPerSecond,
      int batchSize,
      Duration duration) {
    this.source = source;
    this.tokens = tokens;
    this.laptops = laptops;
    this.tally = tally;
    this.eventsPerSecond = eventsPerSecond;
    this.batchSize = batchSize;
    this.duration = duration;
  }

  void toTheEnd() throws InterruptedException {
    // The JVM exits once its shutdown hooks have returned, so the hook waits for the summary.
    Thread onSignal = new Thread(this::stopAndAwait, "stop-on-signal");
    Runtime.getRuntime().addShutdownHook(onSignal);
    ProgressLine progress = new ProgressLine(() -> tally.summary(elapsed()));
    try {
      sendAll();
      laptops.awaitAnswers();
    } finally {
      progress.end();
      ended.countDown();
    }
    if (stopAsked.getCount() > 0) {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    }
  }

  private void sendAll() throws InterruptedException {
    record Request(Event.Kind kind, String sender) {}
    Map<Request, List<Event>> filling = new LinkedHashMap<>();
    long drawn = 0;
    Instant due = start;
    while (Duration.between(start, due).compareTo(duration) < 0 && awaitDue(due)) {
      Optional<Event> event = source.next(due);
      if (event.isEmpty()) {
        break;
      }
      Request request = new Request(event.get().kind(), tokens.sender(event.get()));
      List<Event> batch = filling.computeIfAbsent(request, r -> new ArrayList<>());
      batch.add(event.get());
      if (batch.size() == batchSize) {
        laptops.send(new Batch(request.kind(), batch, due));
        filling.remove(request);
      }
      drawn++;
      due = dueOf(drawn);
    }
    for (Map.Entry<Request, List<Event>> rest : filling.entrySet()) {
      laptops.send(new Batch(rest.getKey().kind(), rest.getValue(), Instant.now()));
    }
  }

  private Instant dueOf(long number) {
    return Double.isInfinite(eventsPerSecond)
        ? Instant.now()
        : start.plusNanos((long) (number / eventsPerSecond * 1e9));
  }

  /** False when a signal asked to stop before {@code due}. */
  private boolean awaitDue(Instant due) throws InterruptedException {
    long nanos = Duration.between(Instant.now(), due).toNanos();
    return !stopAsked.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  private void stopAndAwait() {
    stopAsked.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration elapsed() {
    return Duration.between(start, Instant.now());
  }
}
