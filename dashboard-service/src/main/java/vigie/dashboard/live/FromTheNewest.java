// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import vigie.dashboard.DashboardConfig;

/** Starts reading so far before the end of each partition that a new viewer sees a short past. */
@ApplicationScoped
@Identifier("from-the-newest")
class FromTheNewest implements KafkaConsumerRebalanceListener {

  private final DashboardConfig config;

  FromTheNewest(DashboardConfig config) {
    this.config = config;
  }

  @Override
  public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    var beginnings = consumer.beginningOffsets(partitions);
    consumer
        .endOffsets(partitions)
        .forEach(
            (partition, end) ->
                consumer.seek(
                    partition, Math.max(beginnings.get(partition), end - config.alertBacklog())));
  }
}
