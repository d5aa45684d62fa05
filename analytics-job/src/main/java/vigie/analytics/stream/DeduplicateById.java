// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.stream;

import java.sql.Timestamp;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.ValueState;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Passes the first event of each id, by the broker's time and then by the offset: what one request
 * brings twice has one time, and is in one partition since it is of one student. An id is forgotten
 * by the clock, never by the events' times: a watermark would silently drop what a late partition
 * or a laptop with a wrong clock brings.
 */
final class DeduplicateById extends StatefulProcessor<String, Row, Row> {

  private static final long serialVersionUID = 1;

  /** Rows from before the broker's time was archived come first. */
  private static final Comparator<Row> IN_ORDER =
      Comparator.<Row, Timestamp>comparing(
              event -> event.getAs("appendedAt"), Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(event -> event.<Long>getAs("kafkaOffset"));

  private final Duration ttl;
  private transient ValueState<Boolean> seen;

  DeduplicateById(Duration ttl) {
    this.ttl = ttl;
  }

  @Override
  public void init(OutputMode outputMode, TimeMode timeMode) {
    seen = getHandle().getValueState("seen", Encoders.BOOLEAN(), new TTLConfig(ttl));
  }

  @Override
  public Iterator<Row> handleInputRows(String id, Iterator<Row> events, TimerValues timers) {
    if (seen.exists()) {
      return CollectionConverters.asScala(List.<Row>of().iterator());
    }
    seen.update(true);
    return CollectionConverters.asScala(List.of(first(events)).iterator());
  }

  /** Of one batch, as by a computation from scratch. */
  static Row first(Iterator<Row> events) {
    Spliterator<Row> rows =
        Spliterators.spliteratorUnknownSize(CollectionConverters.asJava(events), 0);
    return StreamSupport.stream(rows, false).min(IN_ORDER).orElseThrow();
  }
}
