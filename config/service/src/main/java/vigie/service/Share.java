// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

/** What one connection has of the share of its address. For the connection's event loop. */
final class Share {

  private final Runnable back;
  private boolean given;

  Share(Runnable back) {
    this.back = back;
  }

  /** Gives it back; once only, however often this is called. */
  void giveBack() {
    if (!given) {
      given = true;
      back.run();
    }
  }
}
