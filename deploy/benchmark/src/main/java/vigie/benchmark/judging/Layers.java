// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.judging;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vigie.benchmark.Profile;
import vigie.command.MarkdownTable;

/** Where the time of each part of alert-service goes, by layers of its code. */
final class Layers {

  private static final List<ServiceComponent> PARTS =
      List.of(
          ServiceComponent.JUDGING,
          ServiceComponent.SENDING,
          ServiceComponent.DELIVERY,
          ServiceComponent.HOTSPOTS);

  private static final Map<String, List<String>> LAYERS = layers();

  private Layers() {}

  /** In percent of all samples of these parts. */
  static MarkdownTable of(Path recording) throws IOException {
    List<Map<String, Long>> samples = new ArrayList<>();
    for (ServiceComponent part : PARTS) {
      Profile profile = new Profile(LAYERS);
      profile.read(recording, thread -> part.threads().matcher(thread).matches());
      samples.add(profile.samples());
    }
    long all = samples.stream().flatMap(one -> one.values().stream()).mapToLong(n -> n).sum();
    MarkdownTable table =
        new MarkdownTable(
            Stream.concat(
                    Stream.of("time of alert-service"), PARTS.stream().map(ServiceComponent::title))
                .toArray(String[]::new));
    for (String layer : samples.get(0).keySet()) {
      table.add(
          Stream.concat(
                  Stream.of(layer),
                  samples.stream()
                      .map(one -> "%.1f %%".formatted(100.0 * one.get(layer) / Math.max(1, all))))
              .toArray(String[]::new));
    }
    return table;
  }

  private static Map<String, List<String>> layers() {
    Map<String, List<String>> layers = new LinkedHashMap<>();
    layers.put("the kernel: sockets, waiting", List.of("sun.nio.ch."));
    layers.put(
        "Kafka's client: fetching, decompression",
        List.of(
            "org.apache.kafka.clients.consumer.",
            "org.apache.kafka.common.record.",
            "org.apache.kafka.common.compress.",
            "net.jpountz."));
    layers.put("Kafka's client: sending", List.of("org.apache.kafka.clients.producer."));
    layers.put("Kafka's client: the rest", List.of("org.apache.kafka.c"));
    layers.put("Kafka Streams", List.of("org.apache.kafka.streams."));
    layers.put("Avro", List.of("org.apache.avro."));
    layers.put("JSON", List.of("com.fasterxml.jackson."));
    layers.put("ids, places", List.of("com.fasterxml.uuid.", "com.uber.h3core."));
    layers.put("judging, counting, its events", List.of("vigie."));
    return layers;
  }
}
