// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import vigie.issuer.Issuer;
import vigie.issuer.Role;
import vigie.stack.hdfs.HdfsCluster;
import vigie.stack.hdfs.HdfsPermissions;
import vigie.stack.kafka.KafkaCluster;
import vigie.stack.kafka.KafkaUsers;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.postgres.PostgresServer;
import vigie.stack.process.JitMode;
import vigie.stack.process.ManagedProcess;
import vigie.stack.process.ServiceProcess;
import vigie.stack.process.Shutdown;
import vigie.stack.redis.RedisProgram;
import vigie.stack.redis.RedisReplication;
import vigie.stack.security.Certificates;
import vigie.stack.spark.SparkCluster;
import vigie.stack.workspace.StackFolder;

/** All of Vigie: the real systems, the services, the analytics and the simulated laptops. */
public final class VigieStack implements AutoCloseable {

  private static final String KAFKA = "kafka";
  private static final String REDIS = "redis";
  private static final String POSTGRESQL = "postgresql";
  private static final String HDFS = "hdfs";
  private static final String SPARK = "spark";
  private static final String THRESHOLDS = "thresholds";

  /** All services read or write it. Each other part is missed by some of them only. */
  public static final Set<String> ESSENTIAL = Set.of(KAFKA);

  /** While this file of the stack's folder exists, ingest-service takes no event. */
  public static final String EXAM_CLOSED = "data/exam-closed";

  private static final Duration SLOW = Duration.ofSeconds(30);
  private static final String WAREHOUSE = "/vigie/warehouse";
  private static final String API = "/q/openapi";
  private static final String PIPELINE_PAGE = "/pipeline";
  private static final String THRESHOLDS_PAGE = "/thresholds";
  private static final String PATROL_PAGE = "/patrol";
  private static final String SPARK_JOBS = "/jobs/";
  private static final String CHECKPOINTS = "/vigie/checkpoints";

  private final StackOptions options;
  private final Ports ports;
  private final Issuer issuer;
  private final Optional<Certificates> certificates;
  private final KafkaCluster kafka;
  private final RedisReplication redis;
  private final HdfsCluster hdfs;
  private final PostgresServer postgres;
  private final Optional<SparkCluster> spark;
  private final ServiceProcess ingest;
  private final ServiceProcess alert;
  private final ServiceProcess archive;
  private final ServiceProcess analytics;
  private final ServiceProcess dashboard;
  private final Optional<ServiceProcess> students;
  private final StartUp startUp;

  /** The processes of each component that was added to the start. */
  private final Map<String, List<ManagedProcess>> components = new ConcurrentHashMap<>();

  /** Prepares every part; nothing runs yet. */
  public VigieStack(StackOptions options, StartUpListener listener) {
    this.options = options;
    this.ports = options.ports();
    StackFolder folder = options.folder();
    Path keys = folder.data("keys");
    this.issuer = Issuer.in(keys);
    this.certificates = options.secure() ? Optional.of(Certificates.in(keys)) : Optional.empty();
    this.kafka =
        new KafkaCluster(
            folder, ports, options.kafka(), certificates.map(known -> new KafkaUsers(keys, known)));
    this.redis =
        certificates
            .filter(known -> RedisProgram.hasTls())
            .map(known -> new RedisReplication(folder, ports, options.redis(), known))
            .orElseGet(() -> new RedisReplication(folder, ports, options.redis()));
    this.hdfs = new HdfsCluster(folder, ports, options.hdfs());
    this.postgres =
        certificates
            .map(known -> PostgresServer.secured(folder, ports, known))
            .orElseGet(() -> new PostgresServer(folder, ports));
    this.spark =
        options.sparkWorkers() > 0
            ? Optional.of(new SparkCluster(folder, ports, options.sparkWorkers()))
            : Optional.empty();
    this.ingest = service(Port.INGEST, ingestEnvironment(), API);
    this.alert = service(Port.ALERT, alertEnvironment(), API);
    this.archive = service(Port.ARCHIVE, archiveEnvironment());
    this.analytics = analyticsJob();
    this.dashboard =
        service(
            Port.DASHBOARD,
            dashboardEnvironment(),
            "/",
            PIPELINE_PAGE,
            THRESHOLDS_PAGE,
            PATROL_PAGE);
    this.students = options.students() ? Optional.of(laptops()) : Optional.empty();
    this.startUp = new StartUp(listener, ESSENTIAL, SLOW);
  }

  /**
   * A stack that is ready, for a test; it is killed when closed. When a part fails, nothing is left
   * running.
   */
  public static VigieStack startNew(StackOptions options) {
    VigieStack stack = new VigieStack(options, StartUpListener.SILENT);
    stack.parts().forEach(ManagedProcess::killWhenClosed);
    try {
      stack.start();
      return stack;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  /**
   * Starts everything and waits until it is ready; the first failure is thrown at once. The caller
   * closes the stack.
   */
  public void start() {
    begin().await();
  }

  /** Begins to start everything, and leaves the waiting to the caller, who closes the stack. */
  public StartUp begin() {
    ports.requireFree(options.kafka().ports(options.secure()));
    spark.ifPresent(cluster -> add(SPARK, cluster.parts(), cluster::start));
    add(KAFKA, kafka.parts(), this::startKafka);
    add(REDIS, redis.parts(), this::startRedis);
    add(POSTGRESQL, List.of(postgres), () -> start(postgres));
    add(HDFS, hdfs.parts(), this::startHdfs);
    add(ingest, KAFKA);
    add(alert, KAFKA, REDIS);
    add(THRESHOLDS, List.of(alert), this::seedThresholds, alert.name());
    add(dashboard, KAFKA, POSTGRESQL);
    add(archive, KAFKA, HDFS, POSTGRESQL);
    add(analytics, analyticsNeeds());
    students.ifPresent(laptops -> add(laptops, ingest.name(), THRESHOLDS));
    return startUp;
  }

  private void add(ServiceProcess service, String... needed) {
    add(service.name(), List.of(service), () -> start(service), needed);
  }

  private void add(
      String name, List<? extends ManagedProcess> parts, Runnable start, String... needed) {
    components.put(name, List.copyOf(parts));
    startUp.add(name, start, () -> obstacle(parts), needed);
  }

  /** What the first of these that is not ready waits for. */
  private static String obstacle(List<? extends ManagedProcess> parts) {
    return parts.stream()
        .map(ManagedProcess::process)
        .filter(process -> !process.obstacle().isEmpty())
        .findFirst()
        .map(process -> process.name() + ": " + process.obstacle())
        .orElse("starts");
  }

  public KafkaCluster kafka() {
    return kafka;
  }

  public RedisReplication redis() {
    return redis;
  }

  public HdfsCluster hdfs() {
    return hdfs;
  }

  public PostgresServer postgres() {
    return postgres;
  }

  public ManagedProcess ingest() {
    return ingest;
  }

  public ManagedProcess alert() {
    return alert;
  }

  public ManagedProcess archive() {
    return archive;
  }

  public ManagedProcess analytics() {
    return analytics;
  }

  public ManagedProcess dashboard() {
    return dashboard;
  }

  /** The simulated laptops, if they were asked for. */
  public Optional<ManagedProcess> students() {
    return students.map(ManagedProcess.class::cast);
  }

  /** Whose tokens the services know. */
  public Issuer issuer() {
    return issuer;
  }

  /** {@code http://127.0.0.1:<port>}. */
  public String url(Port port) {
    return ports.url(port, "");
  }

  /** What a person opens. Each answers before its part is called ready. */
  public List<Page> pages() {
    // A token says which unit it is of; where none is asked for, the address has to.
    String unit = options.access() == AccessMode.OPEN ? "?unit=unit-1" : "";
    return List.of(
        page("dashboard", dashboard, Port.DASHBOARD, "/"),
        page("pipeline", dashboard, Port.DASHBOARD, PIPELINE_PAGE),
        page("thresholds", dashboard, Port.DASHBOARD, THRESHOLDS_PAGE),
        page("patrol unit", dashboard, Port.DASHBOARD, PATROL_PAGE + unit),
        page("ingest API", ingest, Port.INGEST, API),
        page("alert API", alert, Port.ALERT, API),
        page("Spark", analytics, Port.ANALYTICS_UI, SPARK_JOBS));
  }

  /** The parts that a person opens first: results are taken and alerts given. */
  public List<String> firstPages() {
    return List.of(ingest.name(), alert.name(), dashboard.name());
  }

  private Page page(String name, ManagedProcess part, Port port, String path) {
    return new Page(name, part.name(), ports.url(port, path));
  }

  /**
   * What a person opens in a browser.
   *
   * @param part answers it
   */
  public record Page(String name, String part, String url) {}

  /** Where archive-service keeps the Iceberg tables. */
  public String warehouse() {
    return hdfs.url() + WAREHOUSE;
  }

  /** Our own processes that do the work, without the simulated laptops. */
  public List<ManagedProcess> services() {
    return List.of(ingest, alert, archive, analytics, dashboard);
  }

  /** The processes of these components. */
  public List<ManagedProcess> parts(Collection<String> names) {
    return names.stream()
        .flatMap(name -> components.getOrDefault(name, List.of()).stream())
        .distinct()
        .toList();
  }

  /** Every process, in the order in which they are stopped. */
  public List<ManagedProcess> parts() {
    List<ManagedProcess> parts = new ArrayList<>();
    students.ifPresent(parts::add);
    parts.addAll(services());
    parts.add(postgres);
    parts.addAll(kafka.parts());
    parts.addAll(redis.parts());
    parts.addAll(hdfs.parts());
    spark.ifPresent(cluster -> parts.addAll(cluster.parts()));
    return parts;
  }

  /**
   * Stops the sources first and the systems last, so that each part can hand over what it holds.
   */
  @Override
  public void close() {
    startUp.end();
    Shutdown.inOrder(
        List.of(
            students.<List<Runnable>>map(laptops -> List.of(laptops::close)).orElse(List.of()),
            List.of(ingest::close),
            List.of(alert::close, archive::close, analytics::close, dashboard::close),
            spark.<List<Runnable>>map(cluster -> List.of(cluster::close)).orElse(List.of()),
            List.of(kafka::close, redis::close, hdfs::close, postgres::close)));
  }

  private void startKafka() {
    kafka.start();
    kafka.createTopics();
    kafka.admitUsers();
  }

  private void startRedis() {
    redis.start();
    redis.awaitReady();
  }

  private void startHdfs() {
    hdfs.start();
    hdfs.awaitReady();
    if (options.secure()) {
      hdfs.give(
          owners -> {
            owners.give(WAREHOUSE, HdfsPermissions.ARCHIVE, HdfsPermissions.ANALYTICS);
            owners.give(CHECKPOINTS, HdfsPermissions.ANALYTICS);
          });
    }
  }

  private String[] analyticsNeeds() {
    Stream<String> systems = Stream.of(POSTGRESQL, HDFS);
    return Stream.concat(systems, spark.stream().map(cluster -> SPARK)).toArray(String[]::new);
  }

  private static void start(ManagedProcess part) {
    part.start();
    part.awaitReady();
  }

  private void seedThresholds() {
    String admin = issuer.token(Role.ADMIN, "deploy-up");
    ThresholdSeed.read().seed(url(Port.ALERT), admin, alert);
  }

  private Map<String, String> access() {
    return options.access().environment(issuer);
  }

  private Map<String, String> ingestEnvironment() {
    Map<String, String> environment = new HashMap<>(access());
    environment.put(
        "VIGIE_INGEST_EXAM_CLOSED_FILE", options.folder().root().resolve(EXAM_CLOSED).toString());
    return environment;
  }

  private ServiceProcess service(Port port, Map<String, String> own, String... pages) {
    Map<String, String> environment = new HashMap<>(own);
    environment.putAll(kafka.environment(port.part()));
    return ServiceProcess.quarkus(port, ports, options.folder(), environment, pages);
  }

  /** The dashboard's pages talk to alert-service from a browser, by either name of this machine. */
  private Map<String, String> alertEnvironment() {
    Map<String, String> environment = new HashMap<>(access());
    environment.putAll(redis.environment());
    int dashboard = ports.of(Port.DASHBOARD);
    environment.put(
        "QUARKUS_HTTP_CORS_ORIGINS",
        "http://127.0.0.1:%d,http://localhost:%d".formatted(dashboard, dashboard));
    return environment;
  }

  private Map<String, String> dashboardEnvironment() {
    Map<String, String> environment = new HashMap<>(access());
    environment.putAll(postgres.reactiveEnvironment());
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.reactiveUrl());
    environment.put("QUARKUS_DATASOURCE_USERNAME", postgres.reader().name());
    environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.reader().password());
    environment.put("VIGIE_DASHBOARD_ALERT_SERVICE", ports.address(Port.ALERT));
    environment.put("VIGIE_DASHBOARD_PARTS_INGEST_SERVICE", ports.address(Port.INGEST_MANAGEMENT));
    environment.put("VIGIE_DASHBOARD_PARTS_ALERT_SERVICE", ports.address(Port.ALERT_MANAGEMENT));
    environment.put("VIGIE_DASHBOARD_PARTS_ARCHIVE_SERVICE", ports.address(Port.ARCHIVE));
    environment.put("VIGIE_DASHBOARD_PARTS_ANALYTICS_JOB", ports.address(Port.ANALYTICS));
    return environment;
  }

  /** What a part that comes to HDFS as {@code user} is given. */
  private Map<String, String> hdfsEnvironment(String user) {
    Map<String, String> environment = new HashMap<>(hdfs.environment());
    if (options.secure()) {
      environment.put("HADOOP_USER_NAME", user);
    }
    return environment;
  }

  private Map<String, String> archiveEnvironment() {
    Map<String, String> environment = hdfsEnvironment(HdfsPermissions.ARCHIVE);
    environment.put("VIGIE_ARCHIVE_WAREHOUSE", warehouse());
    environment.putAll(postgres.catalog().environment("VIGIE_ARCHIVE_CATALOG"));
    environment.put("VIGIE_ARCHIVE_REPLICATION", Integer.toString(hdfs.dataNodes()));
    return environment;
  }

  private ServiceProcess analyticsJob() {
    Map<String, String> environment = hdfsEnvironment(HdfsPermissions.ANALYTICS);
    spark.ifPresent(cluster -> environment.putAll(cluster.environment()));
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("VIGIE_ANALYTICS_WAREHOUSE", warehouse());
    environment.putAll(postgres.catalog().environment("VIGIE_ANALYTICS_CATALOG"));
    environment.put("VIGIE_ANALYTICS_CHECKPOINT", hdfs.url() + CHECKPOINTS + "/analytics");
    environment.put("VIGIE_ANALYTICS_REPLICATION", Integer.toString(hdfs.dataNodes()));
    environment.put("VIGIE_ANALYTICS_JDBC_URL", postgres.jdbcUrl());
    environment.put("VIGIE_ANALYTICS_DB_USER", postgres.writer().name());
    environment.put("VIGIE_ANALYTICS_DB_PASSWORD", postgres.writer().password());
    environment.put("VIGIE_ANALYTICS_INTERVAL", options.analyticsInterval().toSeconds() + "s");
    environment.put("VIGIE_ANALYTICS_UI_PORT", Integer.toString(ports.of(Port.ANALYTICS_UI)));
    environment.put("VIGIE_ANALYTICS_HTTP_HOST", "127.0.0.1");
    environment.put("VIGIE_ANALYTICS_HTTP_PORT", Integer.toString(ports.of(Port.ANALYTICS)));
    List<String> pages =
        List.of(
            ports.url(Port.ANALYTICS, "/q/health/ready"), ports.url(Port.ANALYTICS_UI, SPARK_JOBS));
    return ServiceProcess.job(
        Path.of("analytics-job"),
        "vigie.analytics.AnalyticsJob",
        "1g",
        JitMode.QUICK,
        options.folder(),
        environment,
        List.of(),
        () -> ServiceProcess.allAnswer(pages));
  }

  private ServiceProcess laptops() {
    Path receipts = options.folder().data("receipts");
    long before = receipts.toFile().length();
    List<String> arguments =
        List.of(
            "--url",
            url(Port.INGEST),
            "--rate",
            "50",
            "--students",
            "2000",
            "--seed",
            "42",
            "--keys",
            issuer.jwks().getParent().toString(),
            "--receipts",
            receipts.toString());
    return ServiceProcess.job(
        Path.of("deploy/student-signal"),
        "vigie.signal.StudentSignal",
        "128m",
        JitMode.QUICK,
        options.folder(),
        Map.of(),
        arguments,
        () -> Files.size(receipts) > before);
  }
}
