// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Without arguments the driver that publishes new figures every minute; with {@code recompute} the
 * comparison of what is published with a computation from scratch, which with {@code --swap} takes
 * its place; with {@code maintain} one round of maintenance, which the driver else does by itself;
 * with {@code forget} the removal of {@link Whom} it names.
 */
public final class AnalyticsJob {

  private static final Logger LOG = LoggerFactory.getLogger(AnalyticsJob.class);
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private AnalyticsJob() {}

  public static void main(String[] arguments) throws Exception {
    AnalyticsConfig config = read(() -> AnalyticsConfig.from(System.getenv()));
    List<String> all = List.of(arguments);
    if (!all.isEmpty() && all.get(0).equals("forget")) {
      LocalDate today = LocalDate.now(ZoneOffset.UTC);
      Whom whom = read(() -> Whom.of(all.subList(1, all.size()), today));
      System.exit(new Forget(config, System.out).run(whom));
    }
    switch (all.toString()) {
      case "[]" -> drive(config);
      case "[recompute]" -> System.exit(new Recompute(config, System.out).run(false));
      case "[recompute, --swap]" -> System.exit(new Recompute(config, System.out).run(true));
      case "[maintain]" -> System.exit(maintain(config.besideADriver()));
      default ->
          refuse(
              "unknown arguments, known are only: recompute, recompute --swap, maintain, forget"
                  + " STUDENT, forget --before YYYY-MM-DD");
    }
  }

  /** What {@code from} makes of what was given; where that makes no sense this ends the process. */
  private static <T> T read(Supplier<T> from) {
    try {
      return from.get();
    } catch (IllegalArgumentException e) {
      refuse(e.getMessage());
      throw e;
    }
  }

  private static void drive(AnalyticsConfig config) {
    LOG.info("Configuration: {}", config);
    Health health = new Health();
    Metrics metrics = new Metrics();
    Driver driver = new Driver(config, health, metrics);
    try (HttpEndpoint endpoint =
            new HttpEndpoint(config.httpHost(), config.httpPort(), health, metrics);
        Maintenance maintenance = new Maintenance(config, health, metrics)) {
      LOG.info("Health and metrics at port {}", endpoint.port());
      Runtime.getRuntime().addShutdownHook(new Thread(driver::stop, "stop"));
      maintenance.start();
      driver.run();
    } catch (IOException | Error e) {
      // Spark's threads would keep a process alive that does nothing any more.
      LOG.error("The driver cannot go on", e);
      System.exit(FAILED);
    }
  }

  private static int maintain(AnalyticsConfig config) {
    Metrics metrics = new Metrics();
    try (Maintenance maintenance = new Maintenance(config, new Health(), metrics)) {
      List<String> failures = maintenance.round();
      failures.forEach(failure -> System.out.println("FAILED " + failure));
      System.out.println("Failures: " + failures.size());
      return failures.isEmpty() ? 0 : FAILED;
    }
  }

  private static void refuse(String reason) {
    System.err.println("analytics-job: " + reason);
    System.exit(MISUSED);
  }
}
