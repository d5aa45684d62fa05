// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.judging;

import java.util.regex.Pattern;

/** The parts of alert-service that work while results are judged, by the names of their threads. */
enum ServiceComponent {
  JUDGING("judging", "judging"),
  SENDING("sending alerts", "kafka-producer-network-thread \\| (?!alert-hotspots).*"),
  DELIVERY("reading alerts for units", "patrol-tail"),
  HOTSPOTS("hotspots", ".*alert-hotspots.*"),
  COLLECTOR("the garbage collector", "VM Thread|GC .*|G1 .*"),
  COMPILER("the compiler", "C[12] .*");

  private final String title;
  private final Pattern threads;

  ServiceComponent(String title, String threads) {
    this.title = title;
    this.threads = Pattern.compile(threads);
  }

  String title() {
    return title;
  }

  Pattern threads() {
    return threads;
  }
}
