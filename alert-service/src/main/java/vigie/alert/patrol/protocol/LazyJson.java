// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import java.util.function.Supplier;

/**
 * Members of a frame as JSON without braces. They are written when the first unit is to be sent
 * them, since there may be no such unit, and kept for all others. Safe for use by several threads;
 * two that are first at once write the same.
 */
public final class LazyJson {

  private final Supplier<String> writing;
  private volatile String text;

  public LazyJson(Supplier<String> writing) {
    this.writing = writing;
  }

  String text() {
    String written = text;
    if (written == null) {
      written = writing.get();
      text = written;
    }
    return written;
  }
}
