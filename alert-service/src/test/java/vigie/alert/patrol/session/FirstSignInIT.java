// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertStack;
import vigie.alert.Device;
import vigie.alert.Laptops;
import vigie.alert.Staff;

@Order(AlertStack.IMPATIENT)
class FirstSignInIT {

  private static final String EXERCISE = "first-sign-in";

  private final AlertStack stack = AlertStack.impatient();
  private final Laptops laptops = new Laptops(stack.kafka());

  @AfterEach
  void close() {
    laptops.close();
  }

  @Test
  void aNewUnitIsToldOfTheLookBackOnlyAndMissesNothingFromThenOn() {
    new Staff(stack.one()).set(EXERCISE, 40);
    awaitOutOfLookBack(fail());
    String unit = newName();
    try (Device first = new Device(stack.one(), unit, "")) {
      first.first("hello");
    }
    String meanwhile = fail();
    awaitOutOfLookBack(meanwhile);
    try (Device back = new Device(stack.two(), unit, "")) {
      back.awaitAlert(meanwhile);
    }
  }

  /** Neither an acknowledgement nor the look-back tells where it began: the start is stored. */
  @Test
  void aUnitThatBeganAtTheNewestAlertAndAcknowledgedNothingMissesNothing() {
    new Staff(stack.one()).set(EXERCISE, 40);
    String unit = newName();
    try (Device first = new Device(stack.one(), unit, "?cursor=latest")) {
      first.first("hello");
    }
    String meanwhile = fail();
    awaitOutOfLookBack(meanwhile);
    try (Device back = new Device(stack.two(), unit, "")) {
      back.awaitAlert(meanwhile);
    }
  }

  /** A unit that connects for the first time gets a newer alert, and this one not. */
  private void awaitOutOfLookBack(String event) {
    await()
        .atMost(60, SECONDS)
        .until(
            () -> {
              String newer = fail();
              try (Device unit = new Device(stack.two(), newName(), "")) {
                unit.awaitAlert(newer);
                return !unit.events(EXERCISE).contains(event);
              }
            });
  }

  /** Raised in the order of the calls, since it is always the same student. */
  private String fail() {
    return laptops
        .send(List.of(Laptops.result(EXERCISE, 10, "student-1")))
        .get(0)
        .getId()
        .toString();
  }

  private static String newName() {
    return "new-" + UUID.randomUUID();
  }
}
