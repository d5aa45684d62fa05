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
import vigie.ingest.admission.TokenAuthenticator;
import vigie.ingest.body.BodyParser;
import vigie.ingest.event.ActivityParser;
import vigie.ingest.event.EventParser;
import vigie.ingest.event.ResultParser;
import vigie.ingest.kafka.KafkaChannels;
import vigie.ingest.kafka.ProducerErrorMapper;
import vigie.ingest.kafka.TimedSink;
import vigie.ingest.memory.InFlightRequests;
import vigie.ingest.memory.MemoryBudget;
import vigie.ingest.model.IngestConfig;
import vigie.ingest.quota.ClientQuotas;
import vigie.ingest.quota.StudentQuotas;

/** The paths of the service. */
@Singleton
final class IngestRoutes {

  private final Router router;
  private final IngestConfig config;
  private final MemoryBudget budget;
  private final KafkaChannels kafka;
  private final Clock clock;
  private final WorkerExecutor workers;
  private final MeterRegistry registry;
  private final Admission admission;
  private final ClientQuotas clients;
  private final TokenAuthenticator tokens;
  private final InFlightRequests open;
  private final ProducerErrorMapper errors;

  IngestRoutes(
      Router router,
      IngestConfig config,
      MemoryBudget budget,
      KafkaChannels kafka,
      Clock clock,
      Vertx vertx,
      MeterRegistry registry,
      Admission admission,
      ClientQuotas clients,
      TokenAuthenticator tokens,
      InFlightRequests open,
      ProducerErrorMapper errors) {
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
    this.errors = errors;
  }

  /** At start-up the channels are connected, and the port is not open yet. */
  void register(@Observes StartupEvent start) {
    Gauge.builder("vigie.ingest.in.flight", budget, MemoryBudget::used)
        .description("Bytes that requests in progress hold")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("vigie.ingest.oldest.age", open, InFlightRequests::oldestAge)
        .description("Since when the oldest request in progress waits for its answer")
        .baseUnit("seconds")
        .register(registry);
    router.route().order(Integer.MIN_VALUE).failureHandler(IngestRoutes::refuse);
    route("results", ResultParser::new);
    route("activity", ActivityParser::new);
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

  private void route(String kind, Supplier<EventParser> parser) {
    EventMetrics metrics = new EventMetrics(registry, kind);
    router
        .post("/v1/" + kind)
        .handler(
            new EventRoute(
                new BodyParser(parser, workers, clock, config),
                new TimedSink(kafka.sink(kind), kind, registry),
                config,
                metrics,
                admission,
                clients,
                new StudentQuotas(config, System::nanoTime),
                tokens,
                open,
                errors));
  }
}
