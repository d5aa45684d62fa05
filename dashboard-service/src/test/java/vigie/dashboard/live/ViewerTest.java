// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.dashboard.DashboardConfigFixture;

class ViewerTest {

  private final ViewerSignal signal = new ViewerSignal();
  private final Publications publications = new Publications(signal, new SimpleMeterRegistry());
  private final AlertFeed feed = new AlertFeed(signal);
  private final RecentEvents recent =
      new RecentEvents(
          DashboardConfigFixture.with(Map.of("vigie.dashboard.alert-backlog", "10")), signal);
  private final Viewer viewer = viewer(null);

  private Viewer viewer(String lastId) {
    return new Viewer(publications, feed, recent, lastId);
  }

  private void raise(int i) {
    FeedAlert alert = alert(i);
    recent.put("alert", alert.id(), alert);
  }

  private static FeedAlert alert(int i) {
    Instant at = Instant.EPOCH.plusSeconds(i);
    return new FeedAlert(new UUID(0, i), "c-files", i, 40, 48.85, 2.35, at, at, null, null);
  }

  private List<String> names() {
    return viewer.newEvents().stream().map(Viewer.Event::name).toList();
  }

  @Test
  void nothingIsToldTwice() {
    publications.opened();
    raise(1);
    assertEquals(List.of("publication", "feed", "alert"), names());
    assertEquals(List.of(), names());
    publications.published("7");
    assertEquals(List.of("publication"), names());
  }

  @Test
  void aViewerThatWasSlowSeesTheNewestAlertsInOrder() {
    publications.opened();
    IntStream.range(0, 1000).forEach(i -> raise(i));
    List<Object> shown = viewer.newEvents().stream().skip(2).map(Viewer.Event::data).toList();
    assertEquals(
        IntStream.range(990, 1000).mapToObj(ViewerTest::alert).map(Object.class::cast).toList(),
        shown);
  }

  @Test
  void aLostDatabaseIsToldAndSoIsItsReturn() {
    publications.opened();
    assertEquals(List.of("publication", "feed"), names());
    publications.lost();
    assertEquals(List.of("outage"), names());
    publications.opened();
    assertEquals(List.of("publication"), names());
  }

  @Test
  void aStreamThatBrokeGoesOnAfterWhatThePageHeard() {
    IntStream.range(0, 5).forEach(this::raise);
    List<Viewer.Event> heard = viewer.newEvents();
    raise(5);
    Viewer again = viewer(heard.get(heard.size() - 1).id());
    assertEquals(
        List.of(alert(5)), again.newEvents().stream().skip(2).map(Viewer.Event::data).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-3", "another-3", "9999999999999999999", "x"})
  void anIdOfAnotherProcessIsToldAll(String id) {
    IntStream.range(0, 5).forEach(this::raise);
    assertEquals(7, viewer(id).newEvents().size());
  }

  @Test
  void whatKeepsAlertsFromComingIsToldOnce() {
    assertEquals(List.of("outage", "feed"), names());
    feed.lacks(AlertFeed.Missing.KAFKA);
    feed.lacks(AlertFeed.Missing.KAFKA);
    List<Viewer.Event> told = viewer.newEvents();
    assertEquals(Collections.singletonMap("missing", "kafka"), told.get(0).data());
    feed.lacks(AlertFeed.Missing.NONE);
    assertEquals(Collections.singletonMap("missing", null), viewer.newEvents().get(0).data());
  }

  @Test
  void callsThatComeTooFastAreJoinedButTheLastIsHeard() {
    AssertSubscriber<Boolean> calls =
        signal.calls().subscribe().withSubscriber(AssertSubscriber.create(1));
    IntStream.range(0, 1000).forEach(i -> signal.call());
    calls.request(10);
    assertEquals(2, calls.getItems().size());
    signal.call();
    assertEquals(3, calls.getItems().size());
    calls.cancel();
    assertEquals(0, signal.viewers());
  }
}
