// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.pipeline;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toSet;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import vigie.dashboard.pipeline.Pipeline.Topic;

/** Asks Kafka how many records each topic of Vigie has taken; shared by all who ask. */
@ApplicationScoped
class TopicGrowth {

  private static final String OURS = "vigie.";

  /** What was counted, by topic, and when by the process's clock, in nanoseconds. */
  private record Count(Map<String, Long> records, long at) {}

  private final KafkaAdmin kafka;
  private final Uni<List<Topic>> growth;
  private volatile Count before;

  TopicGrowth(KafkaAdmin kafka) {
    this.kafka = kafka;
    growth = kafka.shared(this::measure);
  }

  Uni<List<Topic>> now() {
    return growth;
  }

  private Uni<List<Topic>> measure() {
    return kafka
        .ask(admin -> admin.listTopics().names())
        .map(names -> names.stream().filter(name -> name.startsWith(OURS)).collect(toSet()))
        .flatMap(names -> kafka.ask(admin -> admin.describeTopics(names).allTopicNames()))
        .flatMap(topics -> kafka.ends(partitions(topics.values())))
        .map(ends -> since(count(ends)));
  }

  private static Set<TopicPartition> partitions(Collection<TopicDescription> topics) {
    return topics.stream()
        .flatMap(
            topic ->
                topic.partitions().stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition())))
        .collect(toSet());
  }

  private static Count count(Map<TopicPartition, Long> ends) {
    return new Count(
        ends.entrySet().stream()
            .collect(
                groupingBy(
                    end -> end.getKey().topic(), TreeMap::new, summingLong(Map.Entry::getValue))),
        System.nanoTime());
  }

  /** A topic that is counted for the first time, or was made anew, has no rate yet. */
  private List<Topic> since(Count now) {
    Count last = before;
    before = now;
    return now.records().entrySet().stream()
        .map(
            topic -> {
              Long earlier = last == null ? null : last.records().get(topic.getKey());
              boolean known = earlier != null && earlier <= topic.getValue();
              return new Topic(
                  topic.getKey(),
                  topic.getValue(),
                  known
                      ? perSecond(
                          topic.getValue() - earlier, Duration.ofNanos(now.at() - last.at()))
                      : null);
            })
        .toList();
  }

  private static double perSecond(long records, Duration time) {
    return records * (double) TimeUnit.SECONDS.toNanos(1) / Math.max(1, time.toNanos());
  }
}
