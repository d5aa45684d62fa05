// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.function.Supplier;
import vigie.ingest.admission.Admission;
import vigie.ingest.admission.Tokens;
import vigie.ingest.body.BodyReading;
import vigie.ingest.event.ActivityReader;
import vigie.ingest.event.EventReader;
import vigie.ingest.event.ResultReader;
import vigie.ingest.kafka.KafkaChannels;
import vigie.ingest.kafka.KafkaTrouble;
import vigie.ingest.kafka.TimedSink;
import vigie.ingest.memory.InFlightBudget;
import vigie.ingest.memory.OpenRequests;
import vigie.ingest.model.IngestConfig;
import vigie.ingest.quota.FairShare;
import vigie.ingest.quota.StudentAccounts;

/** The paths of the service. */
@Singleton
final class IngestRoutes {

  private final Router router;
  private final IngestConfig config;
  private final InFlightBudget budget;
  private final KafkaChannels kafka;
  private final Clock clock;
  private final WorkerExecutor workers;
  private final MeterRegistry registry;
  private final Admission admission;
  private final FairShare clients;
  private final Tokens tokens;
  private final OpenRequests open;
  private final KafkaTrouble trouble;

  IngestRoutes(
      Router router,
      IngestConfig config,
      InFlightBudget budget,
      KafkaChannels kafka,
      Clock clock,
      Vertx vertx,
      MeterRegistry registry,
      Admission admission,
      FairShare clients,
      Tokens tokens,
      OpenRequests open,
      KafkaTrouble trouble) {
    this.router = router;
    this.config = config;
    this.budget = budget;
    this.kafka = kafka;
    this.clock = clock;
    this.workers =
        vertx.createSharedWorkerExecutor("reading", Runtime.getRuntime().availableProcessors());
    this.registry = registry;
    this.admission = admission;
    this.clients = clients;
    this.tokens = tokens;
    this.open = open;
    this.trouble = trouble;
  }

  /** At start-up the channels are connected, and the port is not open yet. */
  void register(@Observes StartupEvent start) {
    Gauge.builder("vigie.ingest.in.flight", budget, InFlightBudget::used)
        .description("Bytes that requests in progress hold")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("vigie.ingest.oldest.age", open, OpenRequests::oldestAge)
        .description("Since when the oldest request in progress waits for its answer")
        .baseUnit("seconds")
        .register(registry);
    router.route().order(Integer.MIN_VALUE).failureHandler(IngestRoutes::refuse);
    route("results", ResultReader::new);
    route("activity", ActivityReader::new);
  }

  /** A head that makes no request is the client's fault, and no error to be logged. */
  private static void refuse(RoutingContext context) {
    int status = context.statusCode();
    if (status >= 400 && status < 500) {
      var unused = context.response().setStatusCode(status).end();
    } else {
      context.next();
    }
  }

  private void route(String kind, Supplier<EventReader> reader) {
    EventMetrics metrics = new EventMetrics(registry, kind);
    router
        .post("/v1/" + kind)
        .handler(
            new EventRoute(
                new BodyReading(reader, workers, clock, config),
                new TimedSink(kafka.sink(kind), kind, registry),
                config,
                metrics,
                admission,
                clients,
                new StudentAccounts(config, System::nanoTime),
                tokens,
                open,
                trouble));
  }
}
