// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertConfigs;
import vigie.alert.problem.ProblemException;
import vigie.alert.quorum.FakeRedis;
import vigie.alert.quorum.QuorumRedisClient;

class ThresholdStoreTest {

  private static final Threshold FORTY = new Threshold(3, OptionalDouble.of(40));

  private final FakeRedis redis = new FakeRedis(ThresholdStoreTest::answer);
  private final ThresholdStore thresholds = thresholds(redis);

  @Test
  void anExerciseThatIsNotSettledKeepsNobodyFromTheOthers() {
    redis.confirm(1);
    Map<String, EffectiveThreshold> read = thresholds.read(Set.of("held", "pending")).result();
    assertEquals(EffectiveThreshold.of(FORTY), read.get("held"));
    assertTrue(read.get("pending").threshold().isEmpty());
    assertFalse(read.get("pending").decides(100));
  }

  @Test
  void aScoreThatNeitherOfTwoThresholdsFailsIsDecided() {
    redis.confirm(1);
    EffectiveThreshold pending =
        thresholds.readForEvaluation(Set.of("pending")).result().get("pending");
    assertTrue(pending.threshold().isEmpty());
    assertTrue(pending.decides(60));
    assertFalse(pending.decides(59.9));
    assertFalse(pending.decides(10));
  }

  @Test
  void aNoteOfAnotherVersionTellsNothing() {
    assertEquals(
        EffectiveThreshold.OPEN,
        EffectiveThreshold.either(
            new Threshold(8, OptionalDouble.of(50)), new Threshold(7, OptionalDouble.of(60))));
  }

  @Test
  void whatAllConfirmIsSettled() {
    Map<String, EffectiveThreshold> read = thresholds.read(Set.of("held", "pending")).result();
    assertEquals(
        EffectiveThreshold.of(new Threshold(8, OptionalDouble.of(50))), read.get("pending"));
    assertEquals(1, redis.asked("EVAL"));
  }

  @Test
  void nothingIsKnownWithoutAMajority() {
    redis.confirm(0);
    assertTrue(thresholds.read(Set.of("held")).failed());
    assertTrue(thresholds.readForEvaluation(Set.of("held")).failed());
    assertTrue(thresholds.readAll().failed());
  }

  @Test
  void theListingNamesWhatIsNotSettledAndShowsTheRest() {
    redis.confirm(1);
    ThresholdView.Listing listing = ThresholdView.Listing.of(thresholds.readAll().result());
    assertEquals(List.of(new ThresholdView("held", 40, 3)), listing.thresholds());
    assertEquals(List.of("pending"), listing.unsettled());
  }

  @Test
  void anOperatorSettlesWhatAServerThatIsGoneCannotConfirm() {
    redis.confirm(1);
    assertTrue(thresholds.settle("pending").succeeded());
    assertEquals(1, redis.asked("EVAL"));
  }

  @Test
  void notEvenAnOperatorSettlesWhatTheOthersDoNotConfirm() {
    redis.confirm(0);
    assertTrue(thresholds.settle("pending").failed());
    assertEquals(0, redis.asked("EVAL"));
  }

  @Test
  void whatIsNotSettledIsNotShown() {
    redis.confirm(1);
    EffectiveThreshold pending = thresholds.read(Set.of("pending")).result().get("pending");
    ProblemException refused =
        assertThrows(ProblemException.class, () -> ThresholdRules.known("pending", pending));
    assertEquals("unconfirmed", refused.code());
  }

  private static Response answer(String request) {
    if (request.startsWith("MGET")) {
      List<String> keys = List.of(request.split(" ")).subList(1, request.split(" ").length);
      return FakeRedis.list(
          keys.stream().map(key -> stored(key.substring(16))).toArray(Response[]::new));
    }
    return request.contains("SMEMBERS")
        ? FakeRedis.list(
            FakeRedis.text("pending"), stored("pending"), FakeRedis.text("held"), stored("held"))
        : FakeRedis.number(1);
  }

  private static Response stored(String exercise) {
    if (exercise.equals("before:pending")) {
      return FakeRedis.text("8 60.0");
    }
    return FakeRedis.text(exercise.equals("held") ? "3 40.0 held" : "8 50.0");
  }

  private static ThresholdStore thresholds(FakeRedis redis) {
    QuorumRedisClient quorumRedis = redis.client();
    return new ThresholdStore(quorumRedis, quorumRedis, AlertConfigs.of(Map.of()));
  }
}
