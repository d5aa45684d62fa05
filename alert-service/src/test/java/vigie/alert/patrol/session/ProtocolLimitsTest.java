// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.websockets.next.CloseReason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProtocolLimitsTest {

  private final ProtocolLimits limits = new ProtocolLimits();

  @Test
  void whoAnswersWhatItWasSentNeverTalksTooMuch() {
    for (int i = 0; i < 100_000; i++) {
      limits.sent();
      assertTrue(limits.heard().isEmpty());
      assertTrue(limits.heard().isEmpty());
    }
  }

  @Test
  void whoSaysThousandsOfThingsUnaskedTalksTooMuch() {
    for (int i = 0; i < 1000; i++) {
      assertTrue(limits.heard().isEmpty());
    }
    assertCode(1008, limits.heard());
  }

  @Test
  void onlySoManyQuestionsAreOpenAtOnce() {
    for (int i = 0; i < 100; i++) {
      assertTrue(limits.asked().isEmpty());
      limits.answered();
    }
    for (int i = 0; i < 8; i++) {
      assertTrue(limits.asked().isEmpty());
    }
    assertCode(1008, limits.asked());
  }

  @Test
  void whoIsSilentForThreeHeartbeatsIsGivenUp() {
    for (int i = 0; i < 10; i++) {
      assertTrue(limits.heartbeat(false).isEmpty());
      assertTrue(limits.heartbeat(false).isEmpty());
      assertTrue(limits.heard().isEmpty());
    }
    assertTrue(limits.heartbeat(false).isEmpty());
    assertTrue(limits.heartbeat(false).isEmpty());
    assertCode(4408, limits.heartbeat(false));
  }

  @Test
  void whoLeavesItsWindowFullIsGivenUpAlsoIfItIsNotSilent() {
    for (int i = 0; i < 10; i++) {
      assertTrue(beat(true).isEmpty());
      assertTrue(beat(true).isEmpty());
      limits.acknowledged();
    }
    assertTrue(beat(true).isEmpty());
    assertTrue(beat(true).isEmpty());
    assertTrue(beat(false).isEmpty());
    assertTrue(beat(true).isEmpty());
    assertTrue(beat(true).isEmpty());
    assertCode(4408, beat(true));
  }

  private Optional<CloseReason> beat(boolean full) {
    assertTrue(limits.heard().isEmpty());
    return limits.heartbeat(full);
  }

  private static void assertCode(int code, Optional<CloseReason> reason) {
    assertEquals(code, reason.orElseThrow().getCode());
  }
}
