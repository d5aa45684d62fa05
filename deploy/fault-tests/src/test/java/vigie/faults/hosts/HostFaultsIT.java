// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import vigie.faults.hosts.Fault.Kind;
import vigie.faults.hosts.Schedule.Action;
import vigie.harness.LongForm;
import vigie.harness.Seed;

/** A few of the runs of {@code deploy/fault-tests/hosts}; skipped where there can be no hosts. */
@LongForm
@TestMethodOrder(OrderAnnotation.class)
class HostFaultsIT {

  /** By chance. */
  private static final int RUNS = Integer.getInteger("vigie.hosts.runs", 4);

  private static final int RUNS_TO_BE_FOUND_OUT = 6;
  private static final Duration AWAY = Duration.ofSeconds(26);
  private static final long SEED = Seed.of(HostFaultsIT.class);

  @TempDir private static Path folder;
  private static Runner runner;

  @BeforeAll
  static void start() {
    Optional<String> obstacle = HostNetwork.obstacle();
    assumeTrue(obstacle.isEmpty(), () -> "skipped: " + obstacle.orElseThrow());
    runner = new Runner(folder, Optional.empty());
  }

  @AfterAll
  static void stop() {
    if (runner != null) {
      runner.close();
    }
  }

  /** One host of each kind is away: what is left must do all the work. */
  @Test
  @Order(1)
  void theMajorityGoesOnWithoutABrokerAPrimaryAndAnAlertService() throws Exception {
    String primary = runner.lab().redisPrimary();
    Schedule schedule =
        new Schedule(
            List.of(
                away(Fault.of(Kind.ISOLATED, "kafka-1")),
                away(Fault.of(Kind.DEAF, primary)),
                away(Fault.of(Kind.MUTE, "alert-1"))),
            Set.of("kafka-1", primary, "alert-1"));

    Result result = runner.run(schedule, SEED);

    assertNoViolations(result);
    assertTrue(result.witnesses() > 20, result::toString);
  }

  @Test
  @Order(2)
  void noScheduleBreaksAPromise() throws Exception {
    for (int i = 1; i <= RUNS; i++) {
      assertNoViolations(runner.run(SEED + i));
    }
  }

  @Test
  @Order(3)
  void acknowledgementsByTheLeaderAloneAreFoundOut() throws Exception {
    runner.lab().serveWithout(Optional.of(RemovedGuarantee.ACKNOWLEDGEMENT_BY_COPIES));
    assertFoundOut(
        DeliveryChecker.STORED,
        () ->
            new Schedule(
                List.of(
                    away(new Fault(Kind.CUT, "kafka-1", "kafka-2")),
                    away(new Fault(Kind.CUT, "kafka-1", "kafka-3"))),
                Set.of()));
  }

  @Test
  @Order(4)
  void unconfirmedWritesAreFoundOut() throws Exception {
    runner.lab().serveWithout(Optional.of(RemovedGuarantee.CONFIRMED_WRITES));
    assertFoundOut(
        "A_VERSION_HAS_ONE_VALUE",
        () -> {
          String primary = runner.lab().redisPrimary();
          return new Schedule(
              Schedule.ROLES.get(1).stream()
                  .filter(host -> !host.equals(primary))
                  .map(host -> away(new Fault(Kind.CUT, primary, host)))
                  .toList(),
              Set.of());
        });
  }

  private static void assertFoundOut(String promise, Supplier<Schedule> schedules)
      throws Exception {
    for (int i = 0; i < RUNS_TO_BE_FOUND_OUT; i++) {
      Result result = runner.run(schedules.get(), SEED + i);
      System.out.println(result);
      if (result.breaks(promise)) {
        return;
      }
    }
    fail("nothing broke %s, seed %d".formatted(promise, SEED));
  }

  private static Action away(Fault fault) {
    return new Action(Duration.ZERO, AWAY, fault);
  }

  private static void assertNoViolations(Result result) {
    System.out.println(result);
    assertEquals(List.of(), result.violations(), result::toString);
    assertTrue(result.history().thresholds().acceptedEvents() > 100, result::toString);
  }
}
