// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many connections each address has, so that one machine cannot take them all. An IPv6 machine
 * has all addresses of its /64, so these count as one. Safe for use by several threads.
 */
final class AddressShares {

  private static final int NETWORK = 8;

  private final int most;
  private final Map<ByteBuffer, Integer> taken = new ConcurrentHashMap<>();

  AddressShares(int most) {
    this.most = most;
  }

  /** Takes one of the address's share; false when nothing of it is left. */
  boolean take(InetAddress address) {
    boolean[] one = new boolean[1];
    taken.compute(
        key(address),
        (key, before) -> {
          int now = before == null ? 0 : before;
          one[0] = now < most;
          return one[0] ? Integer.valueOf(now + 1) : before;
        });
    return one[0];
  }

  void giveBack(InetAddress address) {
    taken.computeIfPresent(key(address), (key, now) -> now > 1 ? now - 1 : null);
  }

  private static ByteBuffer key(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address
        ? ByteBuffer.wrap(bytes, 0, NETWORK)
        : ByteBuffer.wrap(bytes);
  }
}
