// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.claim;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertStack;
import vigie.alert.Device;
import vigie.alert.Laptops;
import vigie.alert.Staff;
import vigie.alert.TopicReader;
import vigie.events.DeploymentReport;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;
import vigie.events.UndecodableEventException;

class ClaimIT {

  private static final EventCodec<DeploymentReport> REPORTS = EventCodec.of(DeploymentReport.class);
  private static final String LYON = "?cursor=latest&area=45.5,4.5,46,5";

  private final AlertStack stack = AlertStack.shared();
  private final Laptops laptops = new Laptops(stack.kafka());
  private final TopicReader topic = new TopicReader(stack.kafka(), "vigie.deployments");
  private final List<Device> units = new ArrayList<>();

  ClaimIT() {
    new Staff(stack.one()).set("claims", 40);
  }

  @AfterEach
  void close() {
    units.forEach(Device::close);
    laptops.close();
    topic.close();
  }

  @Test
  void ofManyUnitsThatClaimAtOnceExactlyOneWinsAndAllHearOfIt() {
    for (int i = 0; i < 10; i++) {
      unit(stack.one(), "rival-" + i, LYON);
      unit(stack.two(), "rival-" + (10 + i), LYON);
    }
    String event = raise();
    units.forEach(unit -> unit.awaitAlert(event));
    ExecutorService atOnce = Executors.newFixedThreadPool(units.size());
    List<CompletableFuture<JsonNode>> claims =
        units.stream()
            .map(unit -> supplyAsync(() -> claim(unit, unit.awaitAlert(event)), atOnce))
            .toList();
    List<JsonNode> answers = claims.stream().map(CompletableFuture::join).toList();
    atOnce.shutdown();

    List<String> winners = answers.stream().filter(ClaimIT::isWon).map(ClaimIT::holder).toList();
    assertEquals(1, winners.size());
    String winner = winners.get(0);
    answers.forEach(answer -> assertEquals(winner, holder(answer)));
    for (Device unit : units) {
      JsonNode heard = unit.await("the claim", frame -> isWon(frame) && frame.has("cursor"));
      assertEquals(winner, holder(heard));
    }
    JsonNode alert = units.get(0).awaitAlert(event);
    DeploymentReport report = reports(alert, 1).get(0);
    assertEquals(winner, report.getUnitId());
    assertEquals(alert.get("alert").get("score").asDouble(), report.getScore());
    assertEquals(alert.get("alert").get("studentId").asText(), report.getStudentId());
  }

  @Test
  void theWinnerMayClaimAgainAndItAloneResolves() {
    Device winner = unit(stack.one(), "winner", LYON);
    Device other = unit(stack.two(), "other", LYON);
    String event = raise();
    JsonNode alert = winner.awaitAlert(event);
    JsonNode first = claim(winner, alert);
    assertTrue(isWon(first));
    assertEquals(first, claim(winner, alert));

    JsonNode seen = other.awaitAlert(event);
    assertEquals("not-yours", resolve(other, seen, "stolen").get("code").asText());
    assertEquals("helped", resolve(winner, alert, "helped").get("outcome").asText());
    assertEquals("resolved", resolve(winner, alert, "helped").get("type").asText());
    assertEquals(
        "already-resolved", resolve(winner, alert, "changed my mind").get("code").asText());

    await().atMost(20, SECONDS).until(() -> !other.saidOf(seen, "resolved").isEmpty());
    List<DeploymentReport> reports = reports(alert, 2);
    assertEquals(reports.get(0).getId(), reports.get(1).getId());
    assertEquals(null, reports.get(0).getOutcome());
    assertEquals("helped", reports.get(1).getOutcome());
    assertTrue(!reports.get(1).getResolvedAt().isBefore(reports.get(0).getClaimedAt()));
  }

  @Test
  void aClaimThatIsGivenBackOnAnotherInstanceIsTheNextUnitsAndReachesTheNeighbours() {
    Device first = unit(stack.one(), "first", LYON);
    Device next = unit(stack.two(), "next", LYON);
    Device neighbour = unit(stack.two(), "neighbour", "?cursor=latest&area=45.2,4.5,45.7,5");
    String event = raise();
    JsonNode alert = first.awaitAlert(event);
    JsonNode seen = next.awaitAlert(event);
    JsonNode held = claim(first, alert);
    assertEquals("not-yours", release(next, seen, held).get("code").asText());

    Device again = unit(stack.two(), "first", LYON);
    JsonNode released = release(again, alert, held);
    assertEquals("released", released.get("type").asText());
    assertEquals(released, release(again, alert, held));
    assertEquals("not-yours", resolve(again, alert, "helped").get("code").asText());
    next.await("the release", frame -> isReleased(frame) && frame.has("cursor"));
    assertTrue(neighbour.awaitAlert(event).get("alert").has("escalatedAt"));

    JsonNode second = claim(next, seen);
    assertTrue(isWon(second));
    assertEquals(held.get("claimNumber").asInt() + 1, second.get("claimNumber").asInt());
    assertEquals("next", holder(release(again, alert, held)));
    assertEquals("helped", resolve(next, seen, "helped").get("outcome").asText());
    assertEquals("already-resolved", release(next, seen, second).get("code").asText());

    List<DeploymentReport> reports = reports(alert, 4);
    assertEquals(2, reports.stream().map(DeploymentReport::getId).distinct().count());
    assertEquals(
        List.of("first", "next"),
        reports.stream()
            .filter(report -> report.getReleasedAt() != null || report.getOutcome() != null)
            .map(DeploymentReport::getUnitId)
            .toList());
  }

  /** A student that sends its failures under one id must not switch the patrols off for itself. */
  @Test
  void twoFailuresUnderOneIdAreTwoAlertsAndTwoClaims() {
    Device one = unit(stack.one(), "one-id-1", LYON);
    Device two = unit(stack.two(), "one-id-2", LYON);
    ExerciseResult first = Laptops.result("claims", 10);
    ExerciseResult second = ExerciseResult.newBuilder(first).setScore(11).build();
    laptops.send(first, first, second);
    String event = first.getId().toString();
    await().atMost(20, SECONDS).until(() -> alerts(one, event).size() == 3);
    await().atMost(20, SECONDS).until(() -> alerts(two, event).size() == 3);
    List<JsonNode> heard = alerts(one, event);
    assertEquals(id(heard.get(0)), id(heard.get(1)));
    assertTrue(isWon(claim(one, heard.get(0))));
    JsonNode other = alerts(two, event).get(2);
    assertTrue(isWon(claim(two, other)));
    assertEquals("one-id-1", reports(heard.get(0), 1).get(0).getUnitId());
    assertEquals("one-id-2", reports(other, 1).get(0).getUnitId());
  }

  @Test
  void aUnitThatWasAwayLearnsOfTheClaimsThatItMissed() {
    String event;
    try (Device absent = new Device(stack.one(), "absent", LYON)) {
      absent.first("hello");
      event = raise();
      absent.acknowledge(absent.awaitAlert(event));
    }
    Device winner = unit(stack.one(), "present", "?cursor=earliest&area=45.5,4.5,46,5");
    claim(winner, awaitAcknowledging(winner, event));
    Device back = unit(stack.two(), "absent", "?area=45.5,4.5,46,5");
    back.await("the claim", frame -> frame.path("unitId").asText().equals("present"));
  }

  @Test
  void anAlertThatDidNotComeWithTheCursorIsUnknown() {
    Device lyon = unit(stack.one(), "in-lyon", LYON);
    Device paris = unit(stack.one(), "in-paris", "?cursor=latest&area=48,2,49,3");
    JsonNode alert = lyon.awaitAlert(raise());
    String id = alert.get("alert").get("id").asText();
    String other = lyon.awaitAlert(raise()).get("alert").get("id").asText();
    paris.claim(id, alert.get("cursor").asText());
    lyon.claim(other, alert.get("cursor").asText());
    lyon.claim(UUID.randomUUID().toString(), alert.get("cursor").asText());
    assertEquals("unknown-alert", paris.first("error").get("code").asText());
    await().atMost(20, SECONDS).until(() -> lyon.frames("error").size() == 2);
    lyon.frames("error")
        .forEach(error -> assertEquals("unknown-alert", error.get("code").asText()));
  }

  @Test
  void noClaimIsAnsweredWhileAReplicaIsAway() {
    Device unit = unit(stack.one(), "patient", LYON);
    JsonNode alert = unit.awaitAlert(raise());
    stack.redis().replica(0).freeze();
    try {
      assertTrue(isUnavailable(answer(unit, alert, () -> unit.claim(alert))));
    } finally {
      stack.redis().replica(0).resume();
    }
    assertTrue(isWon(claim(unit, alert)));
  }

  @Test
  void theReportOfAClaimWhoseInstanceDiedIsSentByAnother() {
    Device unit = unit(stack.one(), "orphan", LYON);
    String event = raise();
    JsonNode alert = unit.awaitAlert(event);
    stack.kafka().kill();
    try {
      assertTrue(isWon(claim(unit, alert)));
      stack.one().process().kill();
    } finally {
      stack.kafka().restart();
    }
    try {
      assertEquals("orphan", reports(alert, 1).get(0).getUnitId());
    } finally {
      stack.one().process().restart();
    }
  }

  private Device unit(AlertStack.Instance instance, String name, String query) {
    Device unit = new Device(instance, name, query);
    units.add(unit);
    unit.first("hello");
    return unit;
  }

  /** Sends a result that fails, near Lyon; answers its id. */
  private String raise() {
    return laptops.send(Laptops.result("claims", 10)).get(0).getId().toString();
  }

  private static List<JsonNode> alerts(Device unit, String event) {
    return unit.frames("alert").stream()
        .filter(frame -> frame.get("alert").get("eventId").asText().equals(event))
        .toList();
  }

  private static String id(JsonNode alert) {
    return alert.get("alert").get("id").asText();
  }

  private static JsonNode awaitAcknowledging(Device unit, String event) {
    await()
        .atMost(20, SECONDS)
        .until(
            () -> {
              unit.acknowledgeAll();
              return unit.events("claims").contains(event);
            });
    return unit.awaitAlert(event);
  }

  private static JsonNode claim(Device unit, JsonNode alert) {
    return known(unit, alert, () -> unit.claim(alert));
  }

  private static JsonNode resolve(Device unit, JsonNode alert, String outcome) {
    return known(unit, alert, () -> unit.resolve(alert, outcome));
  }

  private static JsonNode release(Device unit, JsonNode alert, JsonNode claimed) {
    return known(unit, alert, () -> unit.release(alert, claimed));
  }

  /** What came of it, said again while the servers cannot know, as a device does. */
  private static JsonNode known(Device unit, JsonNode alert, Runnable say) {
    return await()
        .atMost(40, SECONDS)
        .until(() -> answer(unit, alert, say), answer -> !isUnavailable(answer));
  }

  /** The direct answer, which is no entry of the log and so has no cursor. */
  private static JsonNode answer(Device unit, JsonNode alert, Runnable say) {
    int before = answers(unit, alert).size();
    say.run();
    await().atMost(20, SECONDS).until(() -> answers(unit, alert).size() > before);
    return answers(unit, alert).get(before);
  }

  private static List<JsonNode> answers(Device unit, JsonNode alert) {
    return unit.saidOf(alert, "claimed", "resolved", "released", "error").stream()
        .filter(frame -> !frame.has("cursor"))
        .toList();
  }

  private static boolean isWon(JsonNode frame) {
    return frame.get("type").asText().equals("claimed");
  }

  private static boolean isReleased(JsonNode frame) {
    return frame.get("type").asText().equals("released");
  }

  private static boolean isUnavailable(JsonNode frame) {
    return frame.path("code").asText().equals("unavailable");
  }

  private static String holder(JsonNode frame) {
    return frame.get("unitId").asText();
  }

  private List<DeploymentReport> reports(JsonNode alert, int count) {
    UUID id = UUID.fromString(id(alert));
    await().atMost(30, SECONDS).until(() -> reportsNow(id).size() >= count);
    return reportsNow(id);
  }

  private List<DeploymentReport> reportsNow(UUID alert) {
    return topic.recordsNow().stream()
        .map(record -> report(record.value()))
        .filter(report -> report.getAlertId().equals(alert))
        .toList();
  }

  private static DeploymentReport report(byte[] value) {
    try {
      return REPORTS.decode(value);
    } catch (UndecodableEventException e) {
      throw new AssertionError(e);
    }
  }
}
