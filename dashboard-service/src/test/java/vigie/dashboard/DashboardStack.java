// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import vigie.events.Alert;
import vigie.events.DeploymentReport;
import vigie.events.EventCodec;
import vigie.events.Hotspot;
import vigie.issuer.Issuer;
import vigie.issuer.Role;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.postgres.PostgresServer;
import vigie.stack.process.ServiceProcess;
import vigie.stack.workspace.StackFolder;

/** The packaged service on a real Kafka and a real PostgreSQL. */
final class DashboardStack implements AutoCloseable {

  private static final TopicPartition RESULTS = new TopicPartition("vigie.results", 0);

  private final Ports ports = Ports.ephemeral();
  private final Gate gate = new Gate(ports);
  private final HttpClient client = gate.client();
  private final AtomicLong batch = new AtomicLong(100);
  private final KafkaNode kafka;
  private final PostgresServer postgres;
  private final Issuer issuer;
  private final String staff;
  private final AnalyticsJob analytics;
  private final KafkaProducer<String, byte[]> alertService;
  private final ServiceProcess service;

  DashboardStack() {
    Path folder = folder();
    issuer = Issuer.in(folder.resolve("keys"));
    staff = "Bearer " + issuer.token(Role.STAFF, "ada");
    CompletableFuture<KafkaNode> startingKafka =
        CompletableFuture.supplyAsync(() -> KafkaNode.startIn(folder.resolve("kafka")));
    postgres = PostgresServer.startIn(folder.resolve("postgresql"));
    kafka = startingKafka.join();
    analytics = new AnalyticsJob(postgres);
    alertService =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer());
    service =
        ServiceProcess.quarkus(
            Port.DASHBOARD, ports, new StackFolder(folder.resolve("dashboard")), environment());
    service.start();
    service.awaitReady();
  }

  /** The other parts are not there: no process listens on their ports. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.reactiveUrl());
    environment.put("QUARKUS_DATASOURCE_USERNAME", PostgresServer.USER);
    environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
    environment.put("VIGIE_ACCESS_KEYS_INTERVAL", "1s");
    environment.put("VIGIE_DASHBOARD_HEARTBEAT_INTERVAL", "1s");
    environment.put("VIGIE_DASHBOARD_LISTEN_CHECK_INTERVAL", "1s");
    environment.put("VIGIE_DASHBOARD_LAG_INTERVAL", "1s");
    environment.put("VIGIE_DASHBOARD_LATE_AFTER", "2s");
    environment.put("VIGIE_DASHBOARD_PARTS_INGEST_SERVICE", ports.address(Port.INGEST_MANAGEMENT));
    environment.put("VIGIE_DASHBOARD_PARTS_ALERT_SERVICE", ports.address(Port.ALERT_MANAGEMENT));
    environment.put("VIGIE_DASHBOARD_PARTS_ARCHIVE_SERVICE", ports.address(Port.ARCHIVE));
    environment.put("VIGIE_DASHBOARD_PARTS_ANALYTICS_JOB", ports.address(Port.ANALYTICS));
    return environment;
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("dashboard-it");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PostgresServer postgres() {
    return postgres;
  }

  /** To the server and to each of its processes: a connection has one of its own. */
  void signalPostgres(String signal) throws IOException, InterruptedException {
    ProcessHandle server = ProcessHandle.of(postgres.process().pid()).orElseThrow();
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    command.add(Long.toString(server.pid()));
    server.descendants().forEach(process -> command.add(Long.toString(process.pid())));
    new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  /** Where it asks alert-service; no process listens there. */
  int alertManagementPort() {
    return ports.of(Port.ALERT_MANAGEMENT);
  }

  AnalyticsJob analytics() {
    return analytics;
  }

  /** The next batch; every exercise has as many results as its number, a quarter of them failed. */
  long publish() throws SQLException {
    long next = batch.incrementAndGet();
    analytics.publish(next, next / 4);
    return next;
  }

  void publishAsOf(Instant instant) throws SQLException {
    long next = batch.incrementAndGet();
    analytics.publish(next, next / 4, instant);
  }

  Gate gate() {
    return gate;
  }

  /** All that the service has logged. */
  String log() throws IOException {
    return Files.readString(service.process().log());
  }

  void raise(Alert alert) throws ExecutionException, InterruptedException {
    byte[] value = EventCodec.of(Alert.class).encode(alert);
    alertService.send(new ProducerRecord<>("vigie.alerts", alert.getStudentId(), value)).get();
  }

  void report(DeploymentReport claim) throws ExecutionException, InterruptedException {
    byte[] value = EventCodec.of(DeploymentReport.class).encode(claim);
    alertService.send(new ProducerRecord<>("vigie.deployments", "s-1", value)).get();
  }

  void gather(Hotspot spot) throws ExecutionException, InterruptedException {
    byte[] value = EventCodec.of(Hotspot.class).encode(spot);
    alertService.send(new ProducerRecord<>("vigie.hotspots", spot.getExerciseId(), value)).get();
  }

  /** One record of the results' first partition. */
  void accept(String result) throws ExecutionException, InterruptedException {
    byte[] value = result.getBytes(StandardCharsets.UTF_8);
    alertService
        .send(new ProducerRecord<>(RESULTS.topic(), RESULTS.partition(), "s-1", value))
        .get();
  }

  /** The group of evaluation commits this offset of that partition. */
  void evaluated(long offset) throws ExecutionException, InterruptedException {
    Map<String, Object> address =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    try (Admin admin = Admin.create(address)) {
      admin
          .alterConsumerGroupOffsets(
              "alert-judging", Map.of(RESULTS, new OffsetAndMetadata(offset)))
          .all()
          .get();
    }
  }

  KafkaNode kafka() {
    return kafka;
  }

  void spoil(String bytes) throws ExecutionException, InterruptedException {
    byte[] value = bytes.getBytes(StandardCharsets.UTF_8);
    alertService.send(new ProducerRecord<>("vigie.alerts", "nobody", value)).get();
  }

  HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", staff)
            .header("Accept", accept)
            .timeout(Duration.ofSeconds(20))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  /** The same again, by a reader that has an answer with this tag. */
  HttpResponse<String> getUnless(String tag, String path, String accept)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", staff)
            .header("Accept", accept)
            .header("If-None-Match", tag)
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  LivePage openPage() throws IOException, InterruptedException {
    return LivePage.open(client, uri("/v1/live"), staff, "");
  }

  /** The page of another user, with this token. */
  LivePage openPage(String token) throws IOException, InterruptedException {
    return LivePage.open(client, uri("/v1/live"), "Bearer " + token, "");
  }

  Issuer issuer() {
    return issuer;
  }

  /** As a browser does whose stream broke after the event {@code lastId}. */
  LivePage reopenPage(String lastId) throws IOException, InterruptedException {
    return LivePage.open(client, uri("/v1/live"), staff, lastId);
  }

  private URI uri(String path) {
    return URI.create(ports.url(Port.DASHBOARD, path));
  }

  /** Whether it says that it can do its work. */
  boolean isReady() throws IOException, InterruptedException {
    URI ready = URI.create(ports.url(Port.DASHBOARD_MANAGEMENT, "/q/health/ready"));
    HttpRequest request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(20)).build();
    return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
  }

  /** PostgreSQL is stopped: killed, it would leave a segment of shared memory. */
  @Override
  public void close() {
    alertService.close();
    service.kill();
    kafka.kill();
    postgres.stop();
  }
}
