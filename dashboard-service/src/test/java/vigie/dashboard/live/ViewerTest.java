// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vigie.dashboard.DashboardConfigFixture;

class ViewerTest {

  private final News news = new News();
  private final Publications publications = new Publications(news, new SimpleMeterRegistry());
  private final NewestAlerts newest =
      new NewestAlerts(
          DashboardConfigFixture.with(Map.of("vigie.dashboard.alert-backlog", "10")), news);
  private final Viewer viewer = new Viewer(publications, newest);

  private static FeedAlert alert(int i) {
    Instant at = Instant.EPOCH.plusSeconds(i);
    return new FeedAlert(new UUID(0, i), "c-files", i, 40, 48.85, 2.35, at, at, null);
  }

  private List<String> names() {
    return viewer.news().stream().map(Viewer.Event::name).toList();
  }

  @Test
  void nothingIsToldTwice() {
    publications.opened();
    newest.add(alert(1));
    assertEquals(List.of("publication", "alert"), names());
    assertEquals(List.of(), names());
    publications.published("7");
    assertEquals(List.of("publication"), names());
  }

  @Test
  void aViewerThatWasSlowSeesTheNewestAlertsInOrder() {
    publications.opened();
    IntStream.range(0, 1000).forEach(i -> newest.add(alert(i)));
    List<Object> shown = viewer.news().stream().skip(1).map(Viewer.Event::data).toList();
    assertEquals(
        IntStream.range(990, 1000).mapToObj(ViewerTest::alert).map(Object.class::cast).toList(),
        shown);
  }

  @Test
  void aLostDatabaseIsToldAndSoIsItsReturn() {
    publications.opened();
    assertEquals(List.of("publication"), names());
    publications.lost();
    assertEquals(List.of("outage"), names());
    publications.opened();
    assertEquals(List.of("publication"), names());
  }

  @Test
  void callsThatComeTooFastAreJoinedButTheLastIsHeard() {
    AssertSubscriber<Boolean> calls =
        news.calls().subscribe().withSubscriber(AssertSubscriber.create(1));
    IntStream.range(0, 1000).forEach(i -> news.call());
    calls.request(10);
    assertEquals(2, calls.getItems().size());
    news.call();
    assertEquals(3, calls.getItems().size());
    calls.cancel();
    assertEquals(0, news.viewers());
  }
}
