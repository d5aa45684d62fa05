// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.pipeline;

import static java.util.stream.Collectors.toMap;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import vigie.dashboard.DashboardConfig;
import vigie.service.ClockStepListener;
import vigie.service.kafka.RenewableAdmin;

/** The one connection by which Kafka is asked how things are. */
@Singleton
class KafkaAdmin implements ClockStepListener {

  private final RenewableAdmin admins;
  private final DashboardConfig config;

  KafkaAdmin(
      @Identifier("default-kafka-broker") Map<String, Object> kafka, DashboardConfig config) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("client.id", "dashboard-pipeline");
    properties.put("default.api.timeout.ms", Math.toIntExact(config.lagTimeout().toMillis()));
    properties.put("request.timeout.ms", Math.toIntExact(config.lagTimeout().toMillis()));
    admins = new RenewableAdmin(() -> Admin.create(properties));
    this.config = config;
  }

  /** What {@code measure} finds out in several questions, for all who ask within a while. */
  <T> Uni<T> shared(Supplier<Uni<? extends T>> measure) {
    return Uni.createFrom()
        .<T>deferred(measure)
        .ifNoItem()
        .after(config.lagTimeout())
        .fail()
        .memoize()
        .forFixedDuration(config.lagInterval());
  }

  /** Asks as soon as a caller subscribes. */
  <T> Uni<T> ask(Function<Admin, KafkaFuture<T>> question) {
    return Uni.createFrom()
        .completionStage(() -> question.apply(admins.current()).toCompletionStage());
  }

  /** The offset after the newest record of each partition. */
  Uni<Map<TopicPartition, Long>> ends(Set<TopicPartition> partitions) {
    return ask(admin ->
            admin
                .listOffsets(partitions.stream().collect(toMap(p -> p, p -> OffsetSpec.latest())))
                .all())
        .map(
            ends ->
                ends.entrySet().stream()
                    .collect(toMap(Map.Entry::getKey, end -> end.getValue().offset())));
  }

  @Override
  public void clockSteppedBack(Duration step) {
    admins.renew();
  }

  @PreDestroy
  void close() {
    admins.close();
  }
}
