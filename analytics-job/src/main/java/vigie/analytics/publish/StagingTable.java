// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.publish;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import vigie.analytics.aggregate.BatchFigures;
import vigie.analytics.aggregate.FullAggregation;

/**
 * Sums on their way to the figures, within one transaction: copied into a table that only their own
 * session sees, then added.
 */
public final class StagingTable {

  private final Connection connection;
  private final DistinctStudents students = new DistinctStudents();

  /** Of a session that has called {@link #create}. */
  public StagingTable(Connection connection) {
    this.connection = connection;
  }

  /** Once in a session. */
  public static void create(Connection connection) throws SQLException {
    execute(connection, FigureSql.STAGE);
    execute(connection, FigureSql.STAGE_STUDENTS);
  }

  /**
   * Takes {@code sums} to their end.
   *
   * @return the events that they stand for
   */
  public long fill(Dataset<Row> sums) throws SQLException {
    return fill(sums.toLocalIterator());
  }

  /**
   * Takes {@code sums} to their end, with the sketches of students.
   *
   * @return the events that they stand for
   */
  public long fill(FullAggregation.Sums sums) throws SQLException {
    long events = fill(sums.figures());
    for (Iterator<Row> sketches = sums.students(); sketches.hasNext(); ) {
      Row row = sketches.next();
      students.add(row.<String>getAs(0), row.<byte[]>getAs(1));
      spillIfFull();
    }
    return events;
  }

  /** A connection that copies executes nothing else, so each copy ends when sketches are many. */
  private long fill(Iterator<Row> sums) throws SQLException {
    long events = 0;
    while (sums.hasNext()) {
      events += copy(sums);
      spillIfFull();
    }
    return events;
  }

  private void spillIfFull() throws SQLException {
    if (students.isFull()) {
      students.spill(connection);
    }
  }

  private long copy(Iterator<Row> sums) throws SQLException {
    long events = 0;
    try (Writer copy =
        new OutputStreamWriter(
            new PGCopyOutputStream(connection.unwrap(PGConnection.class), FigureSql.COPY, 1 << 16),
            StandardCharsets.UTF_8)) {
      while (sums.hasNext() && !students.isFull()) {
        Row row = sums.next();
        String student = row.getAs("studentId");
        if (student == null) {
          copy.write(StagingRow.csv(row));
          events += BatchFigures.events(row);
        } else {
          students.add(row.getAs("exerciseId"), student);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return events;
  }

  /** To the figures that the session finds first. */
  public void add() throws SQLException {
    for (String add : FigureSql.ADD) {
      execute(connection, add);
    }
    students.addTo(connection);
  }

  public static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
