// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.publish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import vigie.analytics.archive.AsOf;
import vigie.analytics.archive.EventTable;
import vigie.analytics.archive.Thresholds;
import vigie.analytics.spark.IdleTrigger;

/**
 * Publishes batches, each in one transaction. The connection holds PostgreSQL's advisory lock for
 * as long as it lives, and nothing is published over any other: who has lost the lock cannot
 * publish.
 */
public final class Publisher implements AutoCloseable {

  private final Connection connection;
  private final double passMark;
  private final int smallestCell;
  private final Optional<Instant> countedFrom;

  /** Those that this has published last. */
  private volatile Optional<Thresholds> thresholds = Optional.empty();

  /** The query's thread publishes while the driver's asks whether the connection is alive. */
  private final ReentrantLock inUse = new ReentrantLock();

  private Publisher(
      Connection connection, double passMark, int smallestCell, Optional<Instant> countedFrom) {
    this.connection = connection;
    this.passMark = passMark;
    this.smallestCell = smallestCell;
    this.countedFrom = countedFrom;
  }

  /** What a batch adds, which is computed on its way to the stage; returns the events of it. */
  public interface Figures {
    long fill(StagingTable staging) throws SQLException;
  }

  /** What a batch came to. */
  public record Result(BatchSequence step, long rows) {}

  /**
   * Empty while another driver publishes.
   *
   * @param passMark what the figures are for
   * @param smallestCell places with fewer results are not shown
   */
  public static Optional<Publisher> open(Database database, double passMark, int smallestCell)
      throws SQLException {
    Connection connection = database.connect();
    try {
      if (!AdvisoryLock.PUBLISHING.take(connection)) {
        connection.close();
        return Optional.empty();
      }
      database.migrate();
      StagingTable.create(connection);
      Optional<Instant> countedFrom = lastExamEnd(connection);
      connection.setAutoCommit(false);
      return Optional.of(new Publisher(connection, passMark, smallestCell, countedFrom));
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * When the last exam that is closed ended: the figures to publish hold no event that was appended
   * before. Once another exam is closed, each batch but a first one is refused as of a broken
   * sequence.
   */
  public Optional<Instant> countedFrom() {
    return countedFrom;
  }

  /**
   * Adds {@code figures}. They are read to their end in any case: the query's own state is only
   * complete when all of the batch has been computed.
   */
  public Result publish(Publication publication, Figures figures) throws SQLException {
    inUse.lock();
    try {
      Result result = publishUncommitted(publication, figures);
      commit(publication.thresholds());
      PublicationNotifier.send(connection, publication.batchId());
      return result;
    } catch (SQLException | RuntimeException e) {
      abandon(e);
      throw e;
    } finally {
      inUse.unlock();
    }
  }

  /**
   * Moves the instant up to which the published figures hold everything.
   *
   * @param changed thresholds, where they are not those that are published
   * @return false if a batch is being published, or was since the trigger
   */
  public boolean confirm(IdleTrigger idle, AsOf asOf, Optional<Thresholds> changed)
      throws SQLException {
    if (!inUse.tryLock()) {
      return false;
    }
    try {
      boolean confirmed = confirmUncommitted(idle, asOf);
      commit(confirmed ? changed : Optional.empty());
      if (confirmed) {
        PublicationNotifier.send(connection, idle.batchId());
      }
      return confirmed;
    } catch (SQLException | RuntimeException e) {
      abandon(e);
      throw e;
    } finally {
      inUse.unlock();
    }
  }

  /** The published ones, once this has published any: they are read again where they changed. */
  public Optional<Thresholds> thresholds() {
    return thresholds;
  }

  /** A publication under way is a sign of life. */
  public boolean isAlive() throws SQLException {
    if (!inUse.tryLock()) {
      return true;
    }
    try {
      boolean alive = connection.isValid(5);
      if (alive) {
        connection.rollback();
      }
      return alive;
    } finally {
      inUse.unlock();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static Optional<Instant> lastExamEnd(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(FigureSql.LAST_EXAM_END)) {
      row.next();
      return Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
          .map(OffsetDateTime::toInstant);
    }
  }

  private Result publishUncommitted(Publication publication, Figures figures) throws SQLException {
    Optional<BatchSequence.Last> last = last();
    BatchSequence step = BatchSequence.of(last, publication.queryId(), publication.batchId());
    if (step == BatchSequence.BROKEN) {
      throw new BrokenSequenceException(publication.queryId(), publication.batchId(), last);
    }
    StagingTable staging = new StagingTable(connection);
    long rows = figures.fill(staging);
    if (step == BatchSequence.REPEATED) {
      return new Result(step, rows);
    }
    if (step == BatchSequence.FIRST) {
      for (String clear : FigureSql.CLEAR) {
        StagingTable.execute(connection, clear);
      }
    }
    StagingTable.execute(connection, FigureSql.KEEP_MINUTES);
    staging.add();
    record(publication, rows);
    return new Result(step, rows);
  }

  private void commit(Optional<Thresholds> changed) throws SQLException {
    if (changed.isPresent()) {
      replace(changed.get());
    }
    connection.commit();
    thresholds = changed.or(() -> thresholds);
  }

  private void replace(Thresholds changed) throws SQLException {
    StagingTable.execute(connection, FigureSql.CLEAR_THRESHOLDS);
    try (PreparedStatement add = connection.prepareStatement(FigureSql.ADD_THRESHOLD)) {
      for (Thresholds.Change last : changed.last()) {
        add.setString(1, StagingRow.storable(last.exerciseId()));
        add.setLong(2, last.version());
        add.setObject(3, last.threshold(), Types.DOUBLE);
        add.setObject(4, last.changedAt());
        add.addBatch();
      }
      add.executeBatch();
    }
  }

  private boolean confirmUncommitted(IdleTrigger idle, AsOf asOf) throws SQLException {
    try (PreparedStatement confirm = connection.prepareStatement(FigureSql.CONFIRM)) {
      int parameter = set(confirm, 1, asOf);
      confirm.setInt(parameter++, smallestCell);
      confirm.setObject(parameter++, idle.queryId());
      confirm.setLong(parameter++, idle.batchId());
      confirm.setDouble(parameter, passMark);
      if (confirm.executeUpdate() == 1) {
        return true;
      }
    }
    Optional<BatchSequence.Last> last = last();
    if (!last.equals(Optional.of(new BatchSequence.Last(idle.queryId(), idle.batchId() + 1)))) {
      throw new BrokenSequenceException(idle.queryId(), idle.batchId(), last);
    }
    return false;
  }

  private Optional<BatchSequence.Last> last() throws SQLException {
    try (PreparedStatement last = connection.prepareStatement(FigureSql.LAST)) {
      last.setDouble(1, passMark);
      try (ResultSet row = last.executeQuery()) {
        return row.next()
            ? Optional.of(new BatchSequence.Last(row.getObject(1, UUID.class), row.getLong(2)))
            : Optional.empty();
      }
    }
  }

  private void record(Publication publication, long rows) throws SQLException {
    try (PreparedStatement publish = connection.prepareStatement(FigureSql.PUBLISH)) {
      publish.setObject(1, publication.queryId());
      publish.setLong(2, publication.batchId());
      int parameter = set(publish, 3, publication.asOf());
      publish.setLong(parameter++, rows);
      publish.setDouble(parameter++, passMark);
      publish.setInt(parameter++, smallestCell);
      publish.setObject(
          parameter++,
          countedFrom.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null),
          Types.TIMESTAMP_WITH_TIMEZONE);
      for (EventTable table : EventTable.values()) {
        publish.setObject(parameter++, publication.snapshots().get(table), Types.BIGINT);
      }
      for (EventTable table : EventTable.values()) {
        publish.setObject(parameter++, publication.counted().get(table), Types.BIGINT);
      }
      publish.executeUpdate();
    }
  }

  /** Sets the instant, twice, and what it is of; returns the number of the next parameter. */
  private static int set(PreparedStatement statement, int first, AsOf asOf) throws SQLException {
    OffsetDateTime instant = asOf.instant().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null);
    statement.setObject(first, instant, Types.TIMESTAMP_WITH_TIMEZONE);
    statement.setObject(first + 1, instant, Types.TIMESTAMP_WITH_TIMEZONE);
    statement.setString(first + 2, asOf.heldBackBy());
    return first + 3;
  }

  /**
   * The server rolls back. Asking for it here could wait for ever: a COPY whose connection broke
   * never gives the driver's lock back.
   */
  private void abandon(Exception cause) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
