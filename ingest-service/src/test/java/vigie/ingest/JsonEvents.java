// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import java.util.UUID;

/** Events as a laptop writes them. */
public final class JsonEvents {

  static final String JSON = "application/json";
  static final String NDJSON = "application/x-ndjson";

  private JsonEvents() {}

  public static String result(UUID id, String studentId, Object score) {
    return """
    {"id":"%s","timestamp":"2026-06-15T07:00:00.302Z","studentId":"%s","latitude":45.76791,\
    "longitude":4.85332,"exerciseId":"c-pointers","score":%s}\
    """
        .formatted(id, studentId, score);
  }

  public static String activity(UUID id, String studentId) {
    return """
    {"id":"%s","timestamp":"2026-06-15T07:00:00.302Z","studentId":"%s","type":"DWELL",\
    "page":"/exercises/c-pointers","durationMillis":42000}\
    """
        .formatted(id, studentId);
  }
}
