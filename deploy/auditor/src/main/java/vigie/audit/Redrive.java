// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vigie.audit.StoredLetters.Letter;
import vigie.audit.StoredLetters.Place;
import vigie.command.Commands;
import vigie.events.DeadLetterFormat;
import vigie.events.RawEventReader;
import vigie.events.UndecodableEventException;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.ArchivedOffsets;

/** Shows the archived dead letters, and sends those again that are events by now. */
@Command(
    name = "deploy/redrive",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the archived dead letters. With --send it sends those to their topics again that this",
      "version can read: alert-service judges them, and archive-service makes each of them a row,",
      "exactly once, however often this command runs or is interrupted.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:shown, or each that was sent is archived",
      "1:not all that was sent is archived yet; run this again",
      "2:could not be found out, or the arguments are wrong"
    },
    exitCodeOnExecutionException = Audit.NOT_FOUND_OUT)
public final class Redrive implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
  private static final String LINE = "%-18s %9s %9s %9s %9s%n";

  @Mixin private Systems systems;

  @Option(names = "--send", description = "Send again what can be read now.")
  private boolean send;

  private final PrintStream out;

  private Redrive(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(commandLine(System.out).execute(arguments));
  }

  /** The command, as a person types it, but within this process. */
  public static CommandLine commandLine(PrintStream out) {
    return Commands.complete(new CommandLine(new Redrive(out)));
  }

  @Override
  public Integer call() throws Exception {
    try (ArchiveCatalog catalog = systems.catalog()) {
      StoredLetters letters = StoredLetters.read(ArchivedTopic.DEAD_LETTERS.in(catalog));
      Map<Place, Letter> readable = new TreeMap<>();
      for (ArchivedTopic topic : ArchivedTopic.values()) {
        readable.putAll(show(topic, letters, catalog));
      }
      letters.byPlace().values().stream()
          .map(Letter::reason)
          .distinct()
          .limit(10)
          .forEach(reason -> out.println("  " + reason));
      return send ? send(readable, catalog) : 0;
    }
  }

  /** Those that can be sent again. */
  private Map<Place, Letter> show(
      ArchivedTopic topic, StoredLetters letters, ArchiveCatalog catalog) throws IOException {
    Map<Place, Letter> ofTopic = new TreeMap<>(letters.byPlace());
    ofTopic.keySet().removeIf(place -> !place.topic().equals(topic.topic()));
    if (ofTopic.isEmpty()) {
      return Map.of();
    }
    Set<Place> rows = archivedAgain(topic, catalog);
    Map<Place, Letter> readable = new TreeMap<>(ofTopic);
    readable.keySet().removeAll(rows);
    Optional<RawEventReader> reader = topic.reader();
    readable.values().removeIf(letter -> !isReadable(letter, reader));
    out.printf(LINE, "topic", "letters", "rows now", "readable", "others");
    out.printf(
        LINE,
        topic.topic(),
        ofTopic.size(),
        rows.size(),
        readable.size(),
        ofTopic.size() - rows.size() - readable.size());
    return readable;
  }

  private static boolean isReadable(Letter letter, Optional<RawEventReader> reader) {
    Optional<byte[]> value = letter.value();
    if (value.isEmpty() || reader.isEmpty()) {
      return false;
    }
    try {
      return reader.get().read(value.get()) != null;
    } catch (UndecodableEventException e) {
      return false;
    }
  }

  /** The rows that were dead letters. */
  private static Set<Place> archivedAgain(ArchivedTopic topic, ArchiveCatalog catalog)
      throws IOException {
    Table table = topic.in(catalog);
    Set<Place> places = new HashSet<>();
    if (table.schema().findField(ArchivedOffsets.LETTER_OFFSET) == null) {
      return places;
    }
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table)
            .where(Expressions.notNull(ArchivedOffsets.LETTER_OFFSET))
            .select(
                ArchivedOffsets.KAFKA_PARTITION,
                ArchivedOffsets.LETTER_EPOCH,
                ArchivedOffsets.LETTER_OFFSET)
            .build()) {
      for (Record row : rows) {
        LogNumber log =
            new LogNumber(
                (Integer) row.getField(ArchivedOffsets.KAFKA_PARTITION),
                (Integer) row.getField(ArchivedOffsets.LETTER_EPOCH));
        Long offset = (Long) row.getField(ArchivedOffsets.LETTER_OFFSET);
        places.add(new Place(topic.topic(), log, offset));
      }
    }
    return places;
  }

  /** Each to its own partition, whose archive tells letters that it has from those it has not. */
  private int send(Map<Place, Letter> letters, ArchiveCatalog catalog) throws Exception {
    Map<Place, Future<RecordMetadata>> sent = new TreeMap<>();
    try (Producer<byte[], byte[]> producer = systems.producer()) {
      letters.forEach((place, letter) -> sent.put(place, producer.send(again(place, letter))));
    }
    Map<ArchivedTopic, Map<Integer, Long>> ends = new HashMap<>();
    for (Map.Entry<Place, Future<RecordMetadata>> each : sent.entrySet()) {
      try {
        ArchivedTopic topic = ArchivedTopic.named(each.getKey().topic()).orElseThrow();
        ends.computeIfAbsent(topic, key -> new HashMap<>())
            .merge(each.getKey().log().partition(), each.getValue().get().offset() + 1, Math::max);
      } catch (ExecutionException e) {
        throw new KafkaException(each.getKey() + " could not be sent again", e.getCause());
      }
    }
    List<ArchivedTopic> late = new ArrayList<>();
    for (Map.Entry<ArchivedTopic, Map<Integer, Long>> topic : ends.entrySet()) {
      if (!isArchived(topic.getKey().in(catalog), topic.getValue())) {
        late.add(topic.getKey());
      }
    }
    out.printf("%d sent again%n", sent.size());
    late.forEach(topic -> out.println(topic.table() + ": not all of them are archived yet"));
    return late.isEmpty() ? 0 : 1;
  }

  private static ProducerRecord<byte[], byte[]> again(Place place, Letter letter) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            place.topic(),
            place.log().partition(),
            letter.keyBytes(),
            letter.value().orElseThrow());
    String from = place.log().epoch() + ":" + place.offset();
    record.headers().add(DeadLetterFormat.REDRIVEN, from.getBytes(UTF_8));
    return record;
  }

  private static boolean isArchived(Table table, Map<Integer, Long> ends)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      table.refresh();
      if (ends.entrySet().stream()
          .allMatch(
              end ->
                  ArchivedOffsets.nextIn(table.properties(), end.getKey()).orElse(0)
                      >= end.getValue())) {
        return true;
      }
      Thread.sleep(POLL_INTERVAL.toMillis());
    }
    return false;
  }
}
