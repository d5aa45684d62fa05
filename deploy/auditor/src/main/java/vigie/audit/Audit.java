// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.iceberg.Table;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import vigie.command.Commands;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.FormerLog;

/** Proves that the archive holds each Kafka record exactly once. */
@Command(
    name = "deploy/audit",
    mixinStandardHelpOptions = true,
    description = {
      "Proves that the archive holds each Kafka record exactly once.",
      "It reads every row of the archive's tables and the bounds of Kafka's logs, and proves for"
          + " each",
      "partition that [low, high) is archived exactly once: as a row, or as a dead letter. Nothing",
      "has to be stopped for it.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:exact",
      "1:not exact, the hour not complete, or records behind",
      "2:could not be found out, or the arguments are wrong"
    },
    exitCodeOnExecutionException = Audit.NOT_FOUND_OUT)
public final class Audit implements Callable<Integer> {

  static final int NOT_FOUND_OUT = 2;

  @Mixin private Systems systems;

  @Option(
      names = "--hour",
      paramLabel = "HOUR",
      converter = Hour.class,
      description = {
        "Also ask whether this hour (UTC, such as 2026-06-15T09) is",
        "complete: whether every record that Kafka got before its end",
        "is archived."
      })
  private Optional<Instant> hour = Optional.empty();

  @Option(
      names = "--nothing-behind",
      description = {
        "Also ask whether every record that Kafka has now is archived,",
        "as after an exam."
      })
  private boolean nothingBehind;

  private final PrintStream out;

  private Audit(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(commandLine(System.out).execute(arguments));
  }

  /** The command, as a person types it, but within this process. */
  public static CommandLine commandLine(PrintStream out) {
    return Commands.complete(
        new CommandLine(new Audit(out))
            .addSubcommand(new AcceptGap(out))
            .addSubcommand(new AcceptLog(out))
            .addSubcommand(new AcceptTopic(out)));
  }

  @Override
  public Integer call() throws Exception {
    try (KafkaLogs kafka = systems.kafka();
        ArchiveCatalog catalog = systems.catalog()) {
      Report report = audit(kafka, catalog);
      report.print(out);
      return report.isGood() ? 0 : 1;
    }
  }

  private Report audit(KafkaLogs kafka, ArchiveCatalog catalog)
      throws IOException, InterruptedException {
    Map<ArchivedTopic, String> ids = new EnumMap<>(ArchivedTopic.class);
    Map<ArchivedTopic, Map<Integer, Long>> starts = new EnumMap<>(ArchivedTopic.class);
    for (ArchivedTopic archived : ArchivedTopic.values()) {
      ids.put(archived, kafka.topicId(archived.topic()));
      starts.put(archived, kafka.starts(archived.topic()));
    }
    Map<ArchivedTopic, Table> tables = new EnumMap<>(ArchivedTopic.class);
    for (ArchivedTopic archived : ArchivedTopic.values()) {
      catalog.find(archived.identifier()).ifPresent(table -> tables.put(archived, table));
    }
    DeadLetters letters =
        DeadLetters.read(Optional.ofNullable(tables.get(ArchivedTopic.DEAD_LETTERS)), kafka);

    List<Finding> findings = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    Optional<Instant> endOfHour = hour.map(begin -> begin.plus(1, ChronoUnit.HOURS));
    endOfHour
        .filter(end -> end.isAfter(Instant.now()))
        .ifPresent(end -> faults.add("the hour is not over before " + end));
    for (ArchivedTopic archived : ArchivedTopic.values()) {
      if (tables.containsKey(archived)) {
        ArchivedTable table = ArchivedTable.read(tables.get(archived));
        KafkaView before = new KafkaView(ids.get(archived), starts.get(archived));
        findings.addAll(judge(archived, table, letters, before, kafka, endOfHour));
      } else {
        faults.add(archived.table() + ": there is no such table");
      }
      if (endOfHour.isPresent() && !kafka.timesAreOfAppend(archived.topic())) {
        faults.add(archived.topic() + " has times of its producers, which prove no hour");
      }
    }
    if (nothingBehind) {
      findings.stream()
          .filter(finding -> finding.behind() > 0)
          .map(finding -> "%s %s is behind".formatted(finding.table(), finding.partition()))
          .forEach(faults::add);
    }
    return new Report(findings, faults, endOfHour);
  }

  /** What Kafka said of a topic before its table was read. */
  private record KafkaView(String topicId, Map<Integer, Long> starts) {}

  private static List<Finding> judge(
      ArchivedTopic archived,
      ArchivedTable table,
      DeadLetters letters,
      KafkaView before,
      KafkaLogs kafka,
      Optional<Instant> endOfHour)
      throws InterruptedException {
    Map<Integer, Long> required =
        endOfHour.isPresent() ? kafka.appendedSince(archived.topic(), endOfHour.get()) : Map.of();
    Map<Integer, Long> ends = kafka.ends(archived.topic());
    if (!kafka.topicId(archived.topic()).equals(before.topicId())) {
      throw new IllegalStateException(
          archived.topic() + " was created again meanwhile; run this again");
    }
    List<Finding> findings = new ArrayList<>();
    Set<Integer> partitions = new TreeSet<>(ends.keySet());
    partitions.addAll(table.partitions());
    Map<LogNumber, Coverage> unknown = new HashMap<>(table.rows());
    for (int partition : partitions) {
      Finding.Log log =
          new Finding.Log(
              before.topicId(),
              before.starts().getOrDefault(partition, 0L),
              ends.getOrDefault(partition, 0L),
              required.containsKey(partition)
                  ? OptionalLong.of(required.get(partition))
                  : OptionalLong.empty());
      LogNumber current = table.current(partition);
      unknown.remove(current);
      findings.add(
          Finding.of(
              archived.table(),
              partition,
              table.properties(),
              table.rows(current),
              letters.of(archived.topic(), current),
              log));
    }
    FormerLog.in(table.properties())
        .sorted(Comparator.comparingInt(FormerLog::partition).thenComparing(FormerLog::epoch))
        .forEach(
            former -> {
              LogNumber log = new LogNumber(former.partition(), former.epoch());
              unknown.remove(log);
              findings.add(
                  Finding.of(
                      archived.table(),
                      former,
                      table.rows(log),
                      letters.of(archived.topic(), log)));
            });
    unknown.forEach((log, rows) -> findings.add(Finding.ofUnknownLog(archived.table(), log, rows)));
    return findings;
  }

  /** Such as 2026-06-15T09, in UTC. */
  static final class Hour implements ITypeConverter<Instant> {

    private static final DateTimeFormatter FORMAT =
        new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH")
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
            .toFormatter(Locale.ROOT);

    @Override
    public Instant convert(String hour) {
      try {
        return LocalDateTime.parse(hour, FORMAT).toInstant(ZoneOffset.UTC);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "'%s' is not an hour such as 2026-06-15T09".formatted(hour));
      }
    }
  }
}
