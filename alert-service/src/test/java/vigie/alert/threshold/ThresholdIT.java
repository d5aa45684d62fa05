// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import vigie.alert.AlertStack;
import vigie.alert.Staff;
import vigie.alert.TopicReader;
import vigie.events.EventCodec;
import vigie.events.ThresholdChange;
import vigie.events.UndecodableEventException;

class ThresholdIT {

  private static final EventCodec<ThresholdChange> CHANGES = EventCodec.of(ThresholdChange.class);

  private final Staff staff = new Staff(AlertStack.shared().one());
  private final Staff elsewhere = new Staff(AlertStack.shared().two());

  @Test
  void aThresholdIsReadAsItWasSetOnEveryInstance() {
    HttpResponse<String> set = staff.put("read-back", 42.5);
    assertEquals(200, set.statusCode(), set.body());
    HttpResponse<String> read = elsewhere.get("/v1/thresholds/read-back");
    assertEquals(set.body(), read.body());
    assertEquals(set.headers().firstValue("ETag"), read.headers().firstValue("ETag"));
    assertEquals(42.5, Staff.json(read).get("threshold").asDouble());
    assertTrue(elsewhere.get("/v1/thresholds").body().contains(set.body()));
  }

  @Test
  void theManagementPortTellsWhichExercisesHaveAThreshold() {
    staff.put("evaluated", 0);
    staff.put("not-evaluated", 10);
    staff.delete("not-evaluated");
    JsonNode told = Staff.json(elsewhere.management("/q/evaluated-exercises")).get("exercises");
    List<String> exercises = told.valueStream().map(JsonNode::asText).toList();
    assertTrue(exercises.contains("evaluated"), exercises::toString);
    assertFalse(exercises.contains("not-evaluated"), exercises::toString);
  }

  /** Sent by either instance, maybe by both. */
  @Test
  void everyChangeIsSentToBeArchived() throws UndecodableEventException {
    try (TopicReader changes =
        new TopicReader(AlertStack.shared().kafka(), "vigie.threshold-changes")) {
      staff.put("archived", 0);
      elsewhere.put("archived", 12.5);
      staff.delete("archived");
      changes.record(record -> isVersionOfArchived(record, 3));
      Map<Long, Double> sent = new TreeMap<>();
      for (ConsumerRecord<byte[], byte[]> record : changes.recordsNow()) {
        ThresholdChange change = CHANGES.decode(record.value());
        if (change.getExerciseId().equals("archived")) {
          sent.put(change.getVersion(), change.getThreshold());
        }
      }
      Map<Long, Double> made = new TreeMap<>(Map.of(1L, 0.0, 2L, 12.5));
      made.put(3L, null);
      assertEquals(made, sent);
    }
  }

  private static boolean isVersionOfArchived(ConsumerRecord<byte[], byte[]> record, long version) {
    try {
      ThresholdChange change = CHANGES.decode(record.value());
      return change.getExerciseId().equals("archived") && change.getVersion() == version;
    } catch (UndecodableEventException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aChangeMadeFromAnOlderVersionIsRefused() {
    assertEquals(1, version(staff.put("versions", 10)));
    assertEquals(2, version(staff.put("versions", 20, "If-Match", "\"1\"")));
    HttpResponse<String> late = elsewhere.put("versions", 30, "If-Match", "\"1\"");
    assertProblem(412, "version-mismatch", late);
    assertEquals(20, Staff.json(staff.get("/v1/thresholds/versions")).get("threshold").asDouble());
  }

  @Test
  void theSameChangeMayBeSentAgain() {
    staff.put("again", 10);
    assertEquals(2, version(staff.put("again", 20, "If-Match", "\"1\"")));
    assertEquals(2, version(elsewhere.put("again", 20, "If-Match", "\"1\"")));
  }

  @Test
  void aThresholdThatExistsIsNotCreatedAgain() {
    assertEquals(200, staff.put("created", 10, "If-None-Match", "*").statusCode());
    assertProblem(412, "version-mismatch", staff.put("created", 20, "If-None-Match", "*"));
  }

  @Test
  void versionsNeverGoBackEvenAfterADeletion() {
    staff.put("deleted", 10);
    assertEquals(204, staff.delete("deleted", "If-Match", "\"1\"").statusCode());
    assertProblem(404, "no-threshold", staff.get("/v1/thresholds/deleted"));
    assertProblem(404, "no-threshold", staff.delete("deleted"));
    assertProblem(412, "version-mismatch", staff.put("deleted", 10, "If-Match", "\"2\""));
    assertEquals(3, version(staff.put("deleted", 10, "If-None-Match", "*")));
  }

  /** An alert-service that was taken over can: no right of Redis tells XADD from XADD MAXLEN. */
  @Test
  void whoTrimsTheAuditIsFoundOut() {
    staff.put("audited", 10);
    staff.put("audited", 20);
    long before = removed(staff);
    try (Jedis redis = AlertStack.shared().redis().primary().connect()) {
      redis.xtrim("vigie:threshold-changes", redis.xlen("vigie:threshold-changes") - 1, false);
    }
    assertTrue(removed(elsewhere) > before);
  }

  private static long removed(Staff staff) {
    return Staff.json(staff.get("/v1/threshold-changes?limit=1")).get("removed").asLong();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.001", "100.001", "1e300"})
  void aThresholdIsAPercentage(String value) {
    assertProblem(
        400, "threshold-out-of-range", staff.put("x", "{\"threshold\":%s}".formatted(value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "[]", "40", "{\"threshold\":\"40\"}"})
  void whatIsNoThresholdIsRefused(String body) {
    assertProblem(400, "malformed-threshold", staff.put("x", body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"threshold\":NaN}", "\u0000"})
  void whatIsNoJsonIsRefused(String body) {
    assertProblem(400, "malformed-json", staff.put("x", body));
  }

  /** A name in another form would judge no result, though it looks like one that does. */
  @ParameterizedTest
  @ValueSource(
      strings = {"%20x", "x%20", "x%E2%80%8B", "e%CC%81", "x%00", "x%C2%A0y", "x%FF", "%20"})
  void aNameThatIsNotInNormalFormIsRefused(String exercise) {
    assertProblem(400, "malformed-exercise-id", staff.put(exercise, 40));
    assertProblem(404, "no-threshold", staff.get("/v1/thresholds/" + exercise));
    assertProblem(404, "no-threshold", staff.delete(exercise));
  }

  @Test
  void zeroHasNoSign() {
    String set = staff.put("zero", "{\"threshold\":-0.0}").body();
    assertEquals("{\"exerciseId\":\"zero\",\"threshold\":0.0,\"version\":1}", set);
  }

  @Test
  void aPreconditionThatIsNotUnderstoodIsRefused() {
    assertProblem(400, "malformed-precondition", staff.put("x", 10, "If-Match", "W/\"1\""));
  }

  private static long version(HttpResponse<String> response) {
    assertEquals(200, response.statusCode(), response.body());
    return Staff.json(response).get("version").asLong();
  }

  private static void assertProblem(int status, String code, HttpResponse<String> response) {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(
        "application/problem+json",
        response.headers().firstValue("Content-Type").orElseThrow().split(";", 2)[0]);
    assertEquals(code, Staff.json(response).get("code").asText());
  }
}
