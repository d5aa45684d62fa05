// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertStack;
import vigie.alert.Laptops;
import vigie.alert.Staff;
import vigie.alert.TopicReader;
import vigie.events.Alert;
import vigie.stack.redis.RedisNode;
import vigie.stack.redis.RedisTopology;

@Order(AlertStack.OWN)
class FailoverIT {

  @Test
  void judgingFollowsAFailoverAndChangesWaitForTheOldPrimary() {
    try (AlertStack stack = AlertStack.alone(RedisTopology.SENTINEL);
        Laptops laptops = new Laptops(stack.kafka());
        TopicReader alerts = new TopicReader(stack.kafka(), "vigie.alerts")) {
      Staff staff = new Staff(stack.one());
      staff.set("followed", 40);
      staff.set("followed", 60);
      RedisNode old = stack.redis().primary();

      old.kill();
      // The Sentinel that is asked first is of no help either.
      stack.redis().sentinels().get(0).freeze();
      laptops.send(Laptops.result("followed", 50));
      Alert alert = alerts.alerts("followed", 1).get(0);
      assertEquals(2, alert.getThresholdVersion());
      assertEquals(60, alert.getThreshold());

      HttpResponse<String> early = staff.put("followed", 70);
      assertEquals(503, early.statusCode());
      assertEquals("unavailable", Staff.json(early).get("code").asText());
      // Requests have connections of their own, which may find the new primary after the judge's.
      await().atMost(20, SECONDS).until(() -> shown(staff).statusCode() == 200);
      assertEquals(2, Staff.json(shown(staff)).get("version").asLong());

      stack.redis().sentinels().get(0).resume();
      old.restart();
      await().atMost(40, SECONDS).until(() -> staff.put("followed", 70).statusCode() == 200);
      laptops.send(Laptops.result("followed", 65));
      List<Alert> both = alerts.alerts("followed", 2);
      assertEquals(3, both.get(1).getThresholdVersion());
      assertTrue(old.follows(stack.redis().primary()));
    }
  }

  private static HttpResponse<String> shown(Staff staff) {
    return staff.get("/v1/thresholds/followed");
  }
}
