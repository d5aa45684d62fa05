// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * Many units on one thread, so that they take little of the machine that they measure. Times are
 * those of {@link System#nanoTime}, which on Linux all processes share.
 */
final class Patrols implements AutoCloseable {

  /** Hears of each alert that reaches a unit, the first time. */
  interface Arrivals {
    void arrived(int alert, long nanos);
  }

  private static final int MEMORY = 256 * 1024;

  /** As many as wait to be accepted without the kernel dropping any. */
  private static final int HANDSHAKES = 512;

  /** Units behind one address, which has about 28,000 ports. */
  private static final int BEHIND_ONE_ADDRESS = 5_000;

  private static final long LOOK_MILLIS = 100;

  private final InetSocketAddress server;
  private final WireProtocol protocol;
  private final int number;
  private final Arrivals arrivals;
  private final Selector selector = Selector.open();
  private final byte[] memory = new byte[MEMORY];
  private final List<Patrol> patrols = new ArrayList<>();

  /** Units that are to connect. */
  private final Deque<Integer> away = new ArrayDeque<>();

  private IntFunction<String> query = index -> "";
  private int handshakes;
  private int from;
  private int to;
  private int incomplete;
  private long now;
  private long last;

  /**
   * @param number of this process among those that hold units of the same server
   */
  Patrols(InetSocketAddress server, WireProtocol protocol, int number, Arrivals arrivals)
      throws IOException {
    this.server = server;
    this.protocol = protocol;
    this.number = number;
    this.arrivals = arrivals;
  }

  /**
   * Adds units and connects them and those that have parted; returns when all are served.
   *
   * @param query of the unit with this index
   * @return when that was, nanoseconds
   */
  long connect(int more, IntFunction<String> query, Duration patience) throws IOException {
    this.query = query;
    for (int i = 0; i < more; i++) {
      int index = patrols.size();
      patrols.add(new Patrol("unit-%d-%d".formatted(number, index), index, protocol, this));
    }
    for (int i = 0; i < patrols.size(); i++) {
      if (patrols.get(i).isAway()) {
        away.add(i);
      }
    }
    long deadline = System.nanoTime() + patience.toNanos();
    while (!away.isEmpty() || handshakes > 0) {
      while (handshakes < HANDSHAKES && !away.isEmpty()) {
        int index = away.remove();
        patrols.get(index).connect(address(index), server, selector);
        handshakes++;
      }
      turn(deadline, "%d units are not served".formatted(away.size() + handshakes));
    }
    return System.nanoTime();
  }

  /**
   * Returns when every unit has all alerts of [{@code from}, {@code to}).
   *
   * @return when the last one came, nanoseconds
   * @throws IOException when a unit was disconnected or has not got all in time
   */
  long await(int from, int to, Duration patience) throws IOException {
    this.from = from;
    this.to = to;
    incomplete = (int) patrols.stream().filter(unit -> unit.awaits(from, to)).count();
    long deadline = System.nanoTime() + patience.toNanos();
    while (incomplete > 0) {
      turn(deadline, "%d units miss alerts".formatted(incomplete));
    }
    return last;
  }

  /** Says what is not acknowledged yet. */
  void acknowledge() throws IOException {
    for (Patrol unit : patrols) {
      unit.acknowledge();
    }
  }

  /** Takes in what comes until something is over. */
  void listen(BooleanSupplier over, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!over.getAsBoolean()) {
      turn(deadline, "what the units listen to is not over");
    }
  }

  /** Ends all connections without a word. */
  void part() throws IOException {
    for (Patrol unit : patrols) {
      unit.part();
    }
  }

  private void turn(long deadline, String hindrance) throws IOException {
    if (System.nanoTime() > deadline) {
      throw new IOException("It takes too long: " + hindrance);
    }
    try {
      selector.select(this::heed, LOOK_MILLIS);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void heed(SelectionKey key) {
    Patrol unit = (Patrol) key.attachment();
    try {
      if (key.isConnectable()) {
        unit.knock(query.apply(unit.index()));
      } else {
        now = System.nanoTime();
        unit.read(memory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void served() {
    handshakes--;
  }

  void turnedAway(int index) {
    handshakes--;
    away.add(index);
  }

  boolean isAwaited(int alert) {
    return from <= alert && alert < to;
  }

  void arrived(int alert) {
    last = now;
    arrivals.arrived(alert, now);
  }

  void complete() {
    incomplete--;
  }

  /** An address of this process, with a port that is free. */
  private InetSocketAddress address(int index) throws IOException {
    byte[] address = {127, 0, (byte) (1 + number), (byte) (1 + index / BEHIND_ONE_ADDRESS)};
    return new InetSocketAddress(InetAddress.getByAddress(address), 0);
  }

  @Override
  public void close() throws IOException {
    part();
    selector.close();
  }
}
