// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.ingest.JsonEvents;
import vigie.ingest.body.Batch;
import vigie.ingest.body.Batches;

class ValidationTest {

  private static final UUID ID = UUID.fromString("5810d60e-a729-41b9-a8c1-47437abec539");

  private final ResultParser results = new ResultParser();
  private final ActivityParser activities = new ActivityParser();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "score|100.01|score-out-of-range",
        "score|-1|score-out-of-range",
        "score|1e400|score-out-of-range",
        "score|\"44\"|field-type",
        "score|[1,{\"id\":2}]|field-type",
        "score|null|field-missing",
        "latitude|90.5|latitude-out-of-range",
        "latitude|true|field-type",
        "longitude|-180.5|longitude-out-of-range",
        "timestamp|\"yesterday\"|timestamp-invalid",
        "timestamp|\"2026-06-15T07:00:00\"|timestamp-invalid",
        "timestamp|\"2026-02-30T07:00:00Z\"|timestamp-invalid",
        "timestamp|\"2016-12-30T23:59:60Z\"|timestamp-invalid",
        "timestamp|\"2026-06-15T09:30:00Z+05:00\"|timestamp-invalid",
        "timestamp|1781506800|field-type",
        "timestamp|\"1969-12-31T23:59:59Z\"|timestamp-out-of-range",
        "timestamp|\"2100-01-01T00:00:00Z\"|timestamp-out-of-range",
        "studentId|\"\"|field-empty",
        "studentId|\" \"|field-empty",
        "studentId|7|field-type",
        "studentId|\"a\\u0000b\"|text-invalid",
        "studentId|\"a\\nb\"|text-invalid",
        "studentId|\"\\ud83d\"|text-invalid",
        "studentId|\"\\ude00\\ud83d\"|text-invalid",
        "exerciseId|{}|field-type",
        "exerciseId|\" x\"|identifier-invalid",
        "exerciseId|\"x \"|identifier-invalid",
        "exerciseId|\"a  b\"|identifier-invalid",
        "exerciseId|\".\"|identifier-invalid",
        "exerciseId|\"..\"|identifier-invalid",
        "exerciseId|\"x\\u200b\"|identifier-invalid",
        "exerciseId|\"x\\u2028\"|identifier-invalid",
        "exerciseId|\"x\\u00a0y\"|identifier-invalid",
        "exerciseId|\"e\\u0301\"|identifier-invalid",
        "exerciseId|\"x\ufe0f\"|identifier-invalid",
        "exerciseId|\"\ufffd\"|identifier-invalid",
        "studentId|\"s-1 \"|identifier-invalid",
        "studentId|\"s-1\u200b\"|identifier-invalid",
        "id|\"1-1-1-1-1\"|id-invalid",
        "id|\"5810d60e-a729-41b9-a8c1-47437abec53g\"|id-invalid",
        "id|5|field-type"
      })
  void everyFaultOfAResultHasItsCode(String field, String value, String code) throws Exception {
    assertRejected(code, Batches.json(results, result(field, value)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "type|\"SCROLL\"|type-unknown",
        "type|\"\"|field-empty",
        "type|3|field-type",
        "page|null|field-missing",
        "page|\"/x \"|identifier-invalid",
        "page|\"/\u202ex\"|identifier-invalid",
        "studentId|\"s-1\u200b\"|identifier-invalid",
        "element|\" \"|field-empty",
        "durationMillis|-1|duration-out-of-range",
        "durationMillis|86400001|duration-out-of-range",
        "durationMillis|99999999999999999999|duration-out-of-range",
        "durationMillis|1.5|field-type"
      })
  void everyFaultOfAnActivityHasItsCode(String field, String value, String code) throws Exception {
    assertRejected(code, Batches.json(activities, activity(field, value)));
  }

  @Test
  void aFieldMayHaveItsLengthAndNotMore() throws Exception {
    assertAccepted(Batches.json(results, result("studentId", quoted("é".repeat(128)))));
    assertRejected(
        "field-too-long", Batches.json(results, result("studentId", quoted("é".repeat(129)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ab", "...", "é", "a b", "x/..", "Ωμέγα", "数学", "=1+'<script>"})
  void aNameThatCanBeReadIsTaken(String name) throws Exception {
    assertAccepted(Batches.json(results, result("exerciseId", quoted(name))));
    assertAccepted(Batches.json(results, result("studentId", quoted(name))));
    assertAccepted(Batches.json(activities, activity("page", quoted(name))));
  }

  /** What a person wrote on a button is no name. */
  @Test
  void anElementMayHaveAnyTextThatIsNotBlank() throws Exception {
    assertAccepted(Batches.json(activities, activity("element", quoted(" e\u0301\u200b "))));
  }

  @Test
  void zeroHasNoSign() throws Exception {
    assertArrayEquals(
        Batches.json(results, result("score", "0")).accepted().get(0).value(),
        Batches.json(results, result("score", "-0.0")).accepted().get(0).value());
  }

  @ParameterizedTest
  @CsvSource({"0", "100", "-0.0", "44.5", "1e2"})
  void theBoundsThemselvesAreAllowed(String score) throws Exception {
    assertAccepted(Batches.json(results, result("score", score)));
  }

  @Test
  void anIdIsNamedEvenWhenItStandsAfterTheFault() throws Exception {
    Batch batch = Batches.json(results, "{\"score\":[[500]],\"id\":\"" + ID + "\"}");
    assertEquals(ID.toString(), batch.rejected().get(0).id());
  }

  @Test
  void unknownFieldsAreIgnored() throws Exception {
    assertAccepted(Batches.json(results, result("battery", "{\"percent\":[80,{\"score\":900}]}")));
  }

  /** A good result, whose field {@code name} is replaced or added at the end. */
  private static String result(String name, String value) {
    return with(JsonEvents.result(ID, "g02-0041", 44.5), name, value);
  }

  private static String activity(String name, String value) {
    return with(JsonEvents.activity(ID, "g01-0016"), name, value);
  }

  private static String with(String event, String name, String value) {
    String others = event.replaceAll("\"" + name + "\":(\"[^\"]*\"|[^,}]*),?", "");
    return others.substring(0, others.length() - 1).replaceAll(",$", "")
        + ",\"%s\":%s}".formatted(name, value);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static void assertAccepted(Batch batch) {
    assertEquals(1, batch.accepted().size(), batch.rejected()::toString);
  }

  private static void assertRejected(String code, Batch batch) {
    assertEquals(1, batch.rejected().size());
    assertEquals(code, batch.rejected().get(0).fault().code());
    assertEquals(0, batch.accepted().size());
  }
}
