// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.ingest;

/** How laptops send: events in a request, and connections that each wait for their answer. */
enum Form {
  SINGLE("single events", 1, 256),
  HUNDRED("batches of 100", 100, 64),
  THOUSAND("batches of 1000", 1000, 16);

  private final String title;
  private final int events;
  private final int connections;

  Form(String title, int events, int connections) {
    this.title = title;
    this.events = events;
    this.connections = connections;
  }

  String title() {
    return title;
  }

  int events() {
    return events;
  }

  int connections() {
    return connections;
  }
}
