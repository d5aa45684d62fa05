// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.spark;

import java.util.stream.Stream;

/** An exception and what lies at its bottom. */
public record RootCause(Throwable top) {

  public static RootCause of(Throwable top) {
    return new RootCause(top);
  }

  public boolean isCausedBy(Class<? extends Throwable> type) {
    return causes().anyMatch(type::isInstance);
  }

  /** The deepest cause, in the first line of its message. */
  public String reason() {
    Throwable deepest = causes().reduce((outer, inner) -> inner).orElseThrow();
    String message = String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
    return deepest.getClass().getSimpleName() + ": " + message;
  }

  private Stream<Throwable> causes() {
    return Stream.iterate(top, cause -> cause != null, Throwable::getCause);
  }
}
