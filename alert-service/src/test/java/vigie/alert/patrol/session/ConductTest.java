// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.websockets.next.CloseReason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConductTest {

  private final Conduct conduct = new Conduct();

  @Test
  void whoAnswersWhatItWasSentNeverTalksTooMuch() {
    for (int i = 0; i < 100_000; i++) {
      conduct.sent();
      assertTrue(conduct.heard().isEmpty());
      assertTrue(conduct.heard().isEmpty());
    }
  }

  @Test
  void whoSaysThousandsOfThingsUnaskedTalksTooMuch() {
    for (int i = 0; i < 1000; i++) {
      assertTrue(conduct.heard().isEmpty());
    }
    assertCode(1008, conduct.heard());
  }

  @Test
  void onlySoManyQuestionsAreOpenAtOnce() {
    for (int i = 0; i < 100; i++) {
      assertTrue(conduct.asked().isEmpty());
      conduct.answered();
    }
    for (int i = 0; i < 8; i++) {
      assertTrue(conduct.asked().isEmpty());
    }
    assertCode(1008, conduct.asked());
  }

  @Test
  void whoIsSilentForThreeHeartbeatsIsGivenUp() {
    for (int i = 0; i < 10; i++) {
      assertTrue(conduct.heartbeat(false).isEmpty());
      assertTrue(conduct.heartbeat(false).isEmpty());
      assertTrue(conduct.heard().isEmpty());
    }
    assertTrue(conduct.heartbeat(false).isEmpty());
    assertTrue(conduct.heartbeat(false).isEmpty());
    assertCode(4408, conduct.heartbeat(false));
  }

  @Test
  void whoLeavesItsWindowFullIsGivenUpAlsoIfItIsNotSilent() {
    for (int i = 0; i < 10; i++) {
      assertTrue(beat(true).isEmpty());
      assertTrue(beat(true).isEmpty());
      conduct.acknowledged();
    }
    assertTrue(beat(true).isEmpty());
    assertTrue(beat(true).isEmpty());
    assertTrue(beat(false).isEmpty());
    assertTrue(beat(true).isEmpty());
    assertTrue(beat(true).isEmpty());
    assertCode(4408, beat(true));
  }

  private Optional<CloseReason> beat(boolean full) {
    assertTrue(conduct.heard().isEmpty());
    return conduct.heartbeat(full);
  }

  private static void assertCode(int code, Optional<CloseReason> reason) {
    assertEquals(code, reason.orElseThrow().getCode());
  }
}
