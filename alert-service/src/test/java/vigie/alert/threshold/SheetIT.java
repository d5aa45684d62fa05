// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertStack;
import vigie.alert.Staff;
import vigie.issuer.Issuer;
import vigie.issuer.Role;

class SheetIT {

  private final Staff staff = new Staff(AlertStack.shared().one());
  private final Issuer issuer = AlertStack.shared().issuer();
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
            """);
    assertEquals(200, answer.statusCode(), answer.body());
    JsonNode report = Staff.json(answer);
    assertEquals(3, report.get("changed").asInt());
    assertEquals(4, report.get("failed").asInt());
    String[] codes = {
      null,
      null,
      "version-mismatch",
      null,
      "threshold-out-of-range",
      "malformed-threshold",
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
  void whatIsNoSheetIsRefused() {
    HttpResponse<String> answer = staff.load("exercise,limit\nx,40\n");
    assertEquals(400, answer.statusCode(), answer.body());
    assertEquals("malformed-csv", Staff.json(answer).get("code").asText());
  }

  @Test
  void everyChangeIsNotedWithWhoMadeIt() {
    String ada = tokenOf("ada");
    String grace = tokenOf("grace");
    staff.put("noted", 10, "Authorization", ada, "Vigie-User", "eve");
    elsewhere.put("noted", 20, "If-Match", "\"1\"", "Authorization", grace);
    elsewhere.put("noted", 20, "If-Match", "\"1\"", "Authorization", tokenOf("grace, again"));
    staff.put("noted", 30, "If-Match", "\"1\"", "Authorization", tokenOf("late"));
    staff.delete("noted");
    JsonNode changes = Staff.json(staff.get("/v1/threshold-changes?limit=3")).get("changes");
    assertChange(changes.get(0), "unknown", 3, null);
    assertChange(changes.get(1), "grace", 2, "20.0");
    assertChange(changes.get(2), "ada", 1, "10.0");
    String first = changes.get(0).get("id").asText();
    JsonNode older =
        Staff.json(elsewhere.get("/v1/threshold-changes?limit=1&before=" + first)).get("changes");
    assertEquals(changes.get(1), older.get(0));
  }

  private String tokenOf(String name) {
    return "Bearer " + issuer.token(Role.ADMIN, name);
  }

  private static void assertChange(JsonNode change, String who, int version, String threshold) {
    assertEquals("noted", change.get("exerciseId").asText());
    assertEquals(who, change.get("who").asText());
    assertEquals(version, change.get("version").asInt());
    assertEquals(threshold, change.has("threshold") ? change.get("threshold").asText() : null);
  }
}
