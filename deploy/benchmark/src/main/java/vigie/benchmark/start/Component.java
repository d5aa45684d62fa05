// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.start;

import java.util.Arrays;
import java.util.regex.Pattern;

/** What runs, told apart by command lines. */
enum Component {
  KAFKA("Kafka", "kafka\\.Kafka "),
  REDIS("Redis", "redis-server"),
  HDFS("HDFS", "org\\.apache\\.hadoop\\."),
  POSTGRESQL("PostgreSQL", "bin/postgres |postgres: "),
  INGEST("ingest-service", "ingest-service/target"),
  ALERT("alert-service", "alert-service/target"),
  ARCHIVE("archive-service", "archive-service/target"),
  ANALYTICS("analytics-job", "vigie\\.analytics\\.AnalyticsJob"),
  DASHBOARD("dashboard-service", "dashboard-service/target"),
  STUDENTS("student-signal", "vigie\\.signal\\.StudentSignal"),
  UP("deploy/up itself", "vigie\\.stack\\.cli\\.StackCli"),
  ENDED("what deploy/up ran to its end", "(?!)"),
  OTHER("other", "");

  private final String title;
  private final Pattern mark;

  Component(String title, String mark) {
    this.title = title;
    this.mark = Pattern.compile(mark);
  }

  /** The first whose mark is found; that of the last one always is. */
  static Component of(String commandLine) {
    return Arrays.stream(values())
        .filter(one -> one.mark.matcher(commandLine).find())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return title;
  }
}
