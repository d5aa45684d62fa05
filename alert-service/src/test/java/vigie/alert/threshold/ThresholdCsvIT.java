// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertStack;
import vigie.alert.Staff;
import vigie.stack.redis.RedisReplication;

class ThresholdCsvIT {

  private final Staff staff = new Staff(AlertStack.shared().one());
  private final Staff elsewhere = new Staff(AlertStack.shared().two());

  @Test
  void eachLineSucceedsOrFailsByItself() {
    staff.put("sheet-b", 10);
    HttpResponse<String> answer =
        staff.load(
            """
            exerciseId,threshold,version
            sheet-a,40.5,
            sheet-b,50,1
            sheet-b,60,1
            "sheet, c",70,
            sheet-d,101,
            sheet-e,much,
            ,10,
            sheet-\u00e9,10,
            sheet-e\u0301,20,
            sheet-\u200b,20,
            ..,20,
            """);
    assertEquals(200, answer.statusCode(), answer.body());
    JsonNode report = Staff.json(answer);
    assertEquals(4, report.get("changed").asInt());
    assertEquals(7, report.get("failed").asInt());
    String[] codes = {
      null,
      null,
      "version-mismatch",
      null,
      "threshold-out-of-range",
      "malformed-threshold",
      "malformed-exercise-id",
      null,
      "malformed-exercise-id",
      "malformed-exercise-id",
      "malformed-exercise-id"
    };
    for (int i = 0; i < codes.length; i++) {
      JsonNode line = report.get("lines").get(i);
      assertEquals(i + 2, line.get("line").asInt());
      assertEquals(codes[i], line.has("code") ? line.get("code").asText() : null, line.toString());
    }
    String csv = elsewhere.get("/v1/thresholds", "Accept", "text/csv").body();
    assertTrue(csv.startsWith("exerciseId,threshold,version\n"), csv);
    assertTrue(csv.contains("\nsheet-a,40.5,1\n"), csv);
    assertTrue(csv.contains("\nsheet-b,50.0,2\n"), csv);
    assertTrue(csv.contains("\n\"sheet, c\",70.0,1\n"), csv);
    assertFalse(csv.contains("sheet-d"), csv);
  }

  @Test
  void aSheetEndsAtOnceWhileAReplicaIsAway() {
    staff.set("sheet-away", 1);
    String sheet =
        IntStream.range(0, 1000)
            .mapToObj(i -> "sheet-away,40,\n")
            .collect(Collectors.joining("", "exerciseId,threshold,version\n", ""));
    // Asked for once: the stack is given out whole only.
    RedisReplication redis = AlertStack.shared().redis();
    redis.replica(0).freeze();
    try {
      JsonNode lines = Staff.json(staff.load(sheet)).get("lines");
      assertEquals("unavailable", lines.get(0).get("code").asText());
      assertEquals("not-tried", lines.get(999).get("code").asText());
    } finally {
      redis.replica(0).resume();
    }
    staff.set("sheet-away", 2);
  }

  @Test
  void whatIsNoSheetIsRefused() {
    HttpResponse<String> answer = staff.load("exercise,limit\nx,40\n");
    assertEquals(400, answer.statusCode(), answer.body());
    assertEquals("malformed-csv", Staff.json(answer).get("code").asText());
  }
}
