// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import vigie.ingest.model.IngestConfig;
import vigie.ingest.model.RequestError;
import vigie.service.ClockStepListener;
import vigie.service.kafka.RenewableAdmin;

/**
 * Asks Kafka, again and again, whether both topics can be written to. A producer only says that a
 * record was not confirmed in time; this knows why, for readiness and for what clients are told.
 * Nothing is refused for what it says: it may be out of date by an interval.
 */
@Singleton
public class KafkaProbe implements ClockStepListener {

  /** Why events cannot be written now. */
  public record Trouble(RequestError error, String detail) {}

  private static final Logger LOG = Logger.getLogger(KafkaProbe.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Map<String, Object> kafka;
  private final List<String> topics;
  private final Vertx vertx;
  private final long intervalMillis;
  private volatile Optional<Trouble> trouble =
      Optional.of(new Trouble(RequestError.KAFKA_UNAVAILABLE, "Kafka has not been asked yet"));
  private volatile boolean stopped;
  private volatile RenewableAdmin admins;
  private double connections;

  KafkaProbe(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      @ConfigProperty(name = "mp.messaging.outgoing.results.topic") String results,
      @ConfigProperty(name = "mp.messaging.outgoing.activity.topic") String activity,
      Vertx vertx,
      IngestConfig config) {
    this.kafka = kafka;
    this.topics = List.of(results, activity);
    this.vertx = vertx;
    this.intervalMillis = config.kafkaProbeInterval().toMillis();
  }

  /** Empty while both topics can be written to. */
  public Optional<Trouble> trouble() {
    return trouble;
  }

  void start(@Observes StartupEvent start) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "vigie-ingest-probe");
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    admins = new RenewableAdmin(() -> Admin.create(settings));
    probe();
  }

  void stop(@Observes ShutdownEvent stop) {
    stopped = true;
    admins.close();
  }

  @Override
  public void clockSteppedBack(Duration step) {
    if (admins != null) {
      admins.renew();
    }
  }

  /**
   * The next question is asked when this one is answered, or found to get no answer, whatever fails
   * with it: without a next one, what this says would stay as it is for ever.
   */
  private void probe() {
    var unused =
        asked()
            .exceptionally(e -> Optional.of(reason(e)))
            .handle((found, failure) -> failure == null ? found : Optional.of(unknown(failure)))
            .thenAccept(
                found -> {
                  trouble = found;
                  if (!stopped) {
                    vertx.setTimer(intervalMillis, next -> probe());
                  }
                });
  }

  private CompletionStage<Optional<Trouble>> asked() {
    try {
      return state();
    } catch (Throwable e) {
      return CompletableFuture.completedFuture(Optional.of(unknown(e)));
    }
  }

  /** As Kafka answers; tests have another one. */
  CompletionStage<Optional<Trouble>> state() {
    return partitions().thenCombine(minInSyncReplicas(), KafkaProbe::judge);
  }

  /** Not Kafka failed, but the question. */
  private static Trouble unknown(Throwable failure) {
    LOG.error("Kafka's state cannot be asked for", failure);
    return new Trouble(RequestError.KAFKA_UNAVAILABLE, "Kafka's state is not known: " + failure);
  }

  private CompletionStage<Map<String, TopicDescription>> partitions() {
    var options = new DescribeTopicsOptions().timeoutMs((int) PATIENCE.toMillis());
    return admins.current().describeTopics(topics, options).allTopicNames().toCompletionStage();
  }

  private CompletionStage<Map<ConfigResource, Config>> minInSyncReplicas() {
    var options = new DescribeConfigsOptions().timeoutMs((int) PATIENCE.toMillis());
    List<ConfigResource> resources =
        topics.stream().map(t -> new ConfigResource(ConfigResource.Type.TOPIC, t)).toList();
    return admins.current().describeConfigs(resources, options).all().toCompletionStage();
  }

  static Optional<Trouble> judge(
      Map<String, TopicDescription> topics, Map<ConfigResource, Config> configs) {
    for (var entry : configs.entrySet()) {
      String topic = entry.getKey().name();
      int least =
          Integer.parseInt(entry.getValue().get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value());
      for (TopicPartitionInfo partition : topics.get(topic).partitions()) {
        String name = "Partition %d of %s".formatted(partition.partition(), topic);
        if (partition.leader() == null || partition.leader().isEmpty()) {
          return Optional.of(new Trouble(RequestError.KAFKA_UNAVAILABLE, name + " has no leader"));
        }
        // A broker asks for no more replicas than the partition has.
        int needed = Math.min(least, partition.replicas().size());
        if (partition.isr().size() < needed) {
          return Optional.of(
              new Trouble(
                  RequestError.TOO_FEW_REPLICAS,
                  "%s has %d replicas in sync and needs %d"
                      .formatted(name, partition.isr().size(), needed)));
        }
      }
    }
    return Optional.empty();
  }

  private Trouble reason(Throwable failure) {
    Throwable e = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    if (e instanceof UnknownTopicOrPartitionException) {
      return new Trouble(
          RequestError.TOPIC_MISSING, "One of the topics %s is missing".formatted(topics));
    }
    if (!(e instanceof org.apache.kafka.common.errors.TimeoutException)) {
      return new Trouble(RequestError.KAFKA_UNAVAILABLE, e.toString());
    }
    double before = connections;
    connections = connectionsMade();
    return connections > before
        ? new Trouble(
            RequestError.KAFKA_TIMEOUT, "Kafka does not answer in " + PATIENCE.toSeconds() + " s")
        : new Trouble(RequestError.KAFKA_UNAVAILABLE, "No Kafka broker accepts a connection");
  }

  /** A connection without an answer is given up, and another made, as long as one is accepted. */
  private double connectionsMade() {
    return admins.current().metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals("connection-creation-total"))
        .mapToDouble(metric -> (double) metric.getValue().metricValue())
        .sum();
  }
}
