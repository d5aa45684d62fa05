// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertConfigs;
import vigie.alert.problem.ProblemException;
import vigie.alert.quorum.FakeRedis;
import vigie.alert.quorum.QuorumRedisClient;

class ThresholdCsvImportTest {

  private static final List<ThresholdCsv.Line> LINES =
      IntStream.range(0, 10_000)
          .mapToObj(i -> new ThresholdCsv.Line("exercise-" + i, "40", null))
          .toList();

  private final List<String> changes = new ArrayList<>();
  private final FakeRedis redis = new FakeRedis(this::changed);
  private final ThresholdCsvImport loader = new ThresholdCsvImport(thresholds(redis));

  @Test
  void whatAnUnavailableLineLeavesIsNotTried() throws InterruptedException {
    redis.confirm(1);

    ThresholdCsvImport.Report report = loader.load(LINES, "me", () -> false);

    assertEquals(LINES.size(), report.failed());
    assertEquals("unavailable", report.lines().get(0).code());
    assertTrue(
        report.lines().stream().skip(1).allMatch(line -> line.code().equals("not-tried")),
        report.lines().get(1).toString());
    assertEquals(1, redis.asked("PING"));
    assertEquals(List.of(), changes);
  }

  @Test
  void nothingMoreIsSetOnceTheClientHasGone() throws InterruptedException {
    ThresholdCsvImport.Report report = loader.load(LINES, "me", () -> changes.size() == 3);

    assertEquals(3, changes.size());
    assertEquals(3, report.changed());
  }

  @Test
  void aSheetWaitsUntilAnotherIsDone() throws InterruptedException {
    ProblemException[] refused = new ProblemException[1];
    loader.load(
        LINES.subList(0, 1),
        "me",
        () -> {
          refused[0] =
              assertThrows(
                  ProblemException.class, () -> loader.load(LINES, "another", () -> false));
          return false;
        });
    assertEquals("sheet-under-way", refused[0].code());
    assertEquals(1, loader.load(LINES.subList(0, 1), "another", () -> false).changed());
  }

  private static ThresholdStore thresholds(FakeRedis redis) {
    QuorumRedisClient quorumRedis = redis.client();
    return new ThresholdStore(quorumRedis, quorumRedis, AlertConfigs.of(Map.of()));
  }

  private Response changed(String request) {
    if (request.contains("XADD")) {
      changes.add(request);
      return FakeRedis.list(FakeRedis.number(1), FakeRedis.text("1 40.0 held"));
    }
    return FakeRedis.text("PONG");
  }
}
