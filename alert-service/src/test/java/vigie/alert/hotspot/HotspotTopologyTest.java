// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vigie.alert.AlertConfig;
import vigie.events.Alert;
import vigie.events.EventCodec;
import vigie.events.Hotspot;

/** Windows of 10 minutes, a new one each 2 minutes, 5 minutes of grace, 3 students; room for 32. */
class HotspotTopologyTest {

  private static final Instant NINE = Instant.parse("2026-06-15T09:00:00Z");

  private final MeterRegistry metrics = new SimpleMeterRegistry();
  private final TopologyTestDriver driver =
      new TopologyTestDriver(new HotspotTopology(config(), metrics).topology(), properties());
  private final TestInputTopic<byte[], byte[]> alerts =
      driver.createInputTopic(
          "vigie.alerts", Serdes.ByteArray().serializer(), Serdes.ByteArray().serializer());
  private final TestOutputTopic<String, Hotspot> hotspots =
      driver.createOutputTopic(
          "vigie.hotspots",
          Serdes.String().deserializer(),
          EventSerde.of(Hotspot.class).deserializer());

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void enoughStudentsMakeAHotspotInEachWindowThatHoldsThem() {
    fail("a", NINE.plusSeconds(5));
    fail("b", NINE.plusSeconds(125));
    assertTrue(found().isEmpty());
    fail("c", NINE.plusSeconds(130));

    Map<Instant, Hotspot> found = found();
    assertEquals(4, found.size(), "windows from 8:54 to 9:00 hold all three");
    Hotspot one = found.get(NINE);
    assertEquals("c-pointers", one.getExerciseId());
    assertEquals(3, one.getFailures());
    assertEquals(3, one.getStudents());
    assertEquals(NINE.plus(Duration.ofMinutes(10)), one.getWindowEnd());
    assertEquals(H3Cells.name(H3Cells.at(45.7578, 4.8320, 7)), one.getCell());
    assertEquals(45.7578, one.getLatitude(), 0.02);
    assertEquals(4.8320, one.getLongitude(), 0.02);
  }

  @Test
  void oneStudentWhoFailsOftenIsNoHotspot() {
    for (int i = 0; i < 20; i++) {
      fail("a", NINE.plusSeconds(i));
    }
    assertTrue(found().isEmpty());
  }

  @Test
  void anotherExerciseAndAnotherPlaceCountForThemselves() {
    fail("a", NINE);
    fail("b", NINE);
    send(Alerts.of("c-loops", "c", NINE));
    send(Alert.newBuilder(Alerts.of("c-pointers", "c", NINE)).setLatitude(48.85).build());
    assertTrue(found().isEmpty());
  }

  @Test
  void aRepeatedAlertCountsOnceAlsoWhenItIsLate() {
    Alert first = fail("a", NINE);
    fail("b", NINE);
    fail("c", NINE.plus(Duration.ofMinutes(14)));
    send(Alert.newBuilder(first).setRaisedAt(NINE.plus(Duration.ofMinutes(14))).build());
    fail("c", NINE);

    assertEquals(3, found().get(NINE).getFailures());
  }

  @Test
  void anAlertLaterThanTheGraceIsNotCounted() {
    fail("a", NINE);
    fail("b", NINE);
    fail("x", NINE.plus(Duration.ofMinutes(25)));
    fail("c", NINE);

    assertTrue(found().isEmpty());
    assertEquals(1, metrics.get("vigie.hotspots.late").counter().count());
  }

  @Test
  void aLateAlertCountsInEveryWindowThatHoldsItOrInNone() {
    fail("a", NINE);
    fail("b", NINE);
    fail("x", NINE.plus(Duration.ofMinutes(14)));
    fail("c", NINE.plusSeconds(1));

    Map<Instant, Hotspot> found = found();
    assertEquals(5, found.size(), "windows from 8:52 to 9:00");
    found.values().forEach(hotspot -> assertEquals(3, hotspot.getStudents()));
  }

  @Test
  void eachFailureIsKeptOnce() {
    fail("a", NINE);
    fail("b", NINE.plus(Duration.ofMinutes(3)));
    fail("c", NINE.plus(Duration.ofMinutes(20)));

    assertEquals(List.of(96), sizes());
  }

  @Test
  void whatIsOverIsKeptNoMore() {
    fail("a", NINE);
    fail("b", NINE.plus(Duration.ofMinutes(26)));
    assertEquals(List.of(32), sizes());

    send(Alerts.of("c-loops", "c", NINE.plus(Duration.ofMinutes(60))));
    assertEquals(List.of(32), sizes(), "nothing is left of the other exercise");
  }

  @Test
  void whatThereIsNoRoomForIsNotCountedUntilOlderOnesAreOver() {
    for (int i = 0; i < 32; i++) {
      send(Alerts.of("c-loops", "student-" + i, NINE));
    }
    fail("a", NINE.plusSeconds(1));
    assertEquals(1, metrics.get("vigie.hotspots.beyond").counter().count());
    assertEquals(List.of(32 * 32), sizes());

    fail("b", NINE.plus(Duration.ofMinutes(26)));
    assertEquals(List.of(32), sizes());
  }

  @Test
  void manyFailuresAreToldOnce() {
    for (int i = 0; i < 20; i++) {
      fail("student-" + i, NINE);
    }
    driver.advanceWallClockTime(Duration.ofSeconds(1));

    assertEquals(5, hotspots.readValuesToList().size(), "one for each window");
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    assertTrue(hotspots.isEmpty());
  }

  @Test
  void theSameAlertRaisedAgainLaterCountsOnce() {
    Alert ahead = Alerts.of("c-pointers", "fast", NINE.plus(Duration.ofDays(1)));
    send(Alert.newBuilder(ahead).setRaisedAt(NINE.plus(Duration.ofMinutes(8))).build());
    send(Alert.newBuilder(ahead).setRaisedAt(NINE.plus(Duration.ofMinutes(11))).build());
    fail("a", NINE.plus(Duration.ofMinutes(9)));
    assertTrue(found().isEmpty());
    fail("b", NINE.plus(Duration.ofMinutes(9)));

    assertEquals(3, found().get(NINE.plus(Duration.ofMinutes(4))).getFailures());
  }

  @Test
  void onlyAWindowThatHoldsEnoughStudentsIsAHotspot() {
    fail("a", NINE.plus(Duration.ofMinutes(8)));
    fail("b", NINE.plus(Duration.ofMinutes(10)));
    fail("c", NINE.plus(Duration.ofMinutes(17)));

    assertEquals(Set.of(NINE.plus(Duration.ofMinutes(8))), found().keySet());
  }

  @Test
  void aFastClockDoesNotCloseTheWindowsOfOthers() {
    Alert ahead = Alerts.of("c-pointers", "fast", NINE.plus(Duration.ofDays(1)));
    send(Alert.newBuilder(ahead).setRaisedAt(NINE).build());
    fail("a", NINE);
    fail("b", NINE);

    assertEquals(3, found().get(NINE).getStudents());
  }

  @ParameterizedTest
  @CsvSource({"P1D", "PT1H", "PT-1H", "P-1D"})
  void aWrongJudgeAndAFastLaptopDoNotCloseTheWindowsOfOthers(Duration judge) {
    Alert ahead = Alerts.of("c-pointers", "fast", NINE.plus(Duration.ofDays(365)));
    send(Alert.newBuilder(ahead).setRaisedAt(NINE.plus(judge)).build(), NINE);
    fail("a", NINE);
    fail("b", NINE);

    assertEquals(0, metrics.get("vigie.hotspots.late").counter().count());
    assertEquals(3, found().get(NINE).getStudents());
  }

  @ParameterizedTest
  @CsvSource({"P1D", "PT1H", "PT-1H", "P-1D"})
  void theFailuresOfAWrongJudgeCountWhenTheyOccurred(Duration judge) {
    for (String student : List.of("a", "b", "c")) {
      Alert alert = Alerts.of("c-pointers", student, NINE);
      send(Alert.newBuilder(alert).setRaisedAt(NINE.plus(judge)).build(), NINE);
    }

    assertEquals(3, found().get(NINE).getStudents());
  }

  @Test
  void whatIsNoAlertOrNoPlaceStopsNothing() {
    alerts.pipeInput(new byte[] {1}, new byte[] {2, 3});
    send(Alert.newBuilder(Alerts.of("c-pointers", "z", NINE)).setLatitude(Double.NaN).build());
    fail("a", NINE);
    fail("b", NINE);
    fail("c", NINE);

    assertEquals(3, found().get(NINE).getStudents());
  }

  /** Bytes of what is kept of each place. */
  private List<Integer> sizes() {
    List<Integer> sizes = new ArrayList<>();
    KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore("failures-by-place");
    try (var places = store.all()) {
      places.forEachRemaining(place -> sizes.add(place.value.length));
    }
    return sizes;
  }

  private Alert fail(String student, Instant occurred) {
    return send(Alerts.of("c-pointers", student, occurred));
  }

  private Alert send(Alert alert) {
    return send(alert, alert.getRaisedAt());
  }

  private Alert send(Alert alert, Instant appended) {
    alerts.pipeInput(
        alert.getStudentId().getBytes(UTF_8), EventCodec.of(Alert.class).encode(alert), appended);
    return alert;
  }

  /** The last hotspot of each window, of those that were told since this was asked last. */
  private Map<Instant, Hotspot> found() {
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    return hotspots.readValuesToList().stream()
        .collect(toMap(Hotspot::getWindowStart, hotspot -> hotspot, (older, newer) -> newer));
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "alert-hotspots");
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndContinueExceptionHandler.class);
    return properties;
  }

  private static AlertConfig config() {
    return new SmallRyeConfigBuilder()
        .withMapping(AlertConfig.class)
        .addDiscoveredConverters()
        .withDefaultValue("vigie.alert.hotspots.students", "3")
        .withDefaultValue("vigie.alert.hotspots.most", "32")
        .build()
        .getConfigMapping(AlertConfig.class);
  }
}
