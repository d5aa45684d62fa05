// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import vigie.analytics.spark.SparkSessions;

/** The tables of archive-service that no figures are made of, with some of their columns. */
final class OtherTables {

  private static final String LETTERS = SparkSessions.CATALOG + ".exam.dead_letters";
  private static final String DEPLOYMENTS = SparkSessions.CATALOG + ".exam.deployments";

  private final SparkSession spark;
  private long next;

  OtherTables(SparkSession spark) {
    this.spark = spark;
  }

  void make() {
    spark.sql(
        """
        CREATE TABLE %s (topic STRING, offset BIGINT, reason STRING, key BINARY, value BINARY,
          sentAt TIMESTAMP NOT NULL, kafkaOffset BIGINT NOT NULL) PARTITIONED BY (days(sentAt))
        """
            .formatted(LETTERS));
    spark.sql(
        """
        CREATE TABLE %s (studentId STRING NOT NULL, exerciseId STRING NOT NULL,
          score DOUBLE NOT NULL, claimedAt TIMESTAMP NOT NULL, outcome STRING,
          kafkaOffset BIGINT NOT NULL) PARTITIONED BY (days(claimedAt))
        """
            .formatted(DEPLOYMENTS));
  }

  void drop() {
    spark.sql("DROP TABLE " + LETTERS + " PURGE");
    spark.sql("DROP TABLE " + DEPLOYMENTS + " PURGE");
  }

  /** A report, a letter by its key, one by its bytes, and one that names no student. */
  void append(String student, Instant then) {
    spark.sql(
        """
        INSERT INTO %s VALUES
          ('vigie.results', :offset, 'r', encode(:student, 'UTF-8'), X'00', :then, :offset),
          ('vigie.results', :offset + 1, 'r', NULL,
            encode(concat('{"studentId": "', :student, '"}'), 'UTF-8'), :then, :offset + 1),
          (NULL, NULL, NULL, NULL, NULL, :then, :offset + 2)
        """
            .formatted(LETTERS),
        Map.of("student", student, "then", then, "offset", next));
    spark.sql(
        "INSERT INTO %s VALUES (:student, 'c-pointers', 1D, :then, 'went there', :offset)"
            .formatted(DEPLOYMENTS),
        Map.of("student", student, "then", then, "offset", next));
    next += 3;
  }
}
