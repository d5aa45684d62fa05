// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.awaitility.core.ConditionTimeoutException;
import vigie.audit.Audit;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.ArchivedOffsets;

/** What two who wrote none of it find in the archive: the auditor, and Iceberg's own reader. */
final class ArchiveVerifier implements AutoCloseable {

  /** A poll loads the table, which takes processor time from the writers. */
  static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  /** Many times what a whole cluster needs. */
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private static final int NOT_FOUND_OUT = 2;

  private final Cluster cluster;
  private final ArchiveCatalog catalog;

  ArchiveVerifier(Cluster cluster) {
    this.cluster = cluster;
    catalog = cluster.catalog();
  }

  /** All that is wrong, once all that was acknowledged is archived, or should long be. */
  List<String> problems(AcknowledgedResults acknowledged) throws IOException, InterruptedException {
    List<String> problems = new ArrayList<>();
    if (!isArchivedInTime(acknowledged.ends())) {
      problems.add(
          "%s were acknowledged; after %s the table is at %s"
              .formatted(acknowledged.ends(), TIMEOUT, results().properties()));
    }
    Audited audited = audit();
    if (audited.code() != 0) {
      problems.add(audited.text());
    }
    problems.addAll(idProblems(acknowledged.numbers()));
    return problems;
  }

  boolean isArchivedInTime(Map<Integer, Long> ends) {
    try {
      await().atMost(TIMEOUT).pollInterval(POLL_INTERVAL).until(() -> isArchived(ends));
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  private boolean isArchived(Map<Integer, Long> ends) throws IOException {
    Map<String, String> properties = results().properties();
    return ends.entrySet().stream()
        .allMatch(
            end -> ArchivedOffsets.nextIn(properties, end.getKey()).orElse(0) >= end.getValue());
  }

  private record Audited(int code, String text) {}

  /** Asks again while systems that come back do not answer yet. */
  private Audited audit() {
    try {
      return await()
          .atMost(TIMEOUT)
          .pollInterval(POLL_INTERVAL)
          .until(this::auditOnce, audited -> audited.code() != NOT_FOUND_OUT);
    } catch (ConditionTimeoutException e) {
      return auditOnce();
    }
  }

  private Audited auditOnce() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int code =
        Audit.commandLine(new PrintStream(printed, true, UTF_8))
            .setErr(new PrintWriter(printed, true, UTF_8))
            .execute(arguments());
    return new Audited(code, printed.toString(UTF_8));
  }

  private String[] arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--kafka", cluster.kafka().bootstrapServers()));
    arguments.addAll(List.of("--warehouse", cluster.warehouse().toString()));
    arguments.addAll(List.of("--hadoop-conf", cluster.hdfs().clientSettings().toString()));
    arguments.addAll(cluster.postgres().catalog().arguments());
    return arguments.toArray(String[]::new);
  }

  private List<String> idProblems(BitSet acknowledged) throws IOException {
    BitSet archived = new BitSet();
    List<String> problems = new ArrayList<>();
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(results()).select("id").reuseContainers().build()) {
      for (Record row : rows) {
        int number = ResultProducer.number((UUID) row.getField("id"));
        if (archived.get(number)) {
          problems.add("result %d is there more than once".formatted(number));
        }
        archived.set(number);
      }
    }
    BitSet missing = (BitSet) acknowledged.clone();
    missing.andNot(archived);
    missing.stream()
        .mapToObj("result %d was acknowledged and is not there"::formatted)
        .forEach(problems::add);
    return problems;
  }

  private Table results() {
    return catalog.loadTable(TableIdentifier.of("exam", "results"));
  }

  @Override
  public void close() {
    catalog.close();
  }
}
