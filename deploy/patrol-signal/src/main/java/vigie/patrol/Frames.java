// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.patrol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** What a unit says, as the text of its frames. */
public final class Frames {

  private Frames() {}

  /** Everything up to {@code cursor} is dealt with. */
  public static String ack(String cursor) {
    return frame("ack").put("cursor", cursor).toString();
  }

  /** The unit wants to answer the alert that came with {@code cursor}. */
  public static String claim(UUID alertId, String cursor) {
    return frame("claim").put("alertId", alertId.toString()).put("cursor", cursor).toString();
  }

  /** The unit gives back its claim of that number, of the alert that came with {@code cursor}. */
  public static String release(UUID alertId, String cursor, int claimNumber) {
    return frame("release")
        .put("alertId", alertId.toString())
        .put("cursor", cursor)
        .put("claimNumber", claimNumber)
        .toString();
  }

  /** What came of an alert that the unit claimed. */
  public static String resolve(UUID alertId, String outcome) {
    return frame("resolve").put("alertId", alertId.toString()).put("outcome", outcome).toString();
  }

  private static ObjectNode frame(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }
}
