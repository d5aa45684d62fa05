// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vigie.alert.patrol.protocol.Area;
import vigie.events.Alert;
import vigie.patrol.PatrolUnit;

/** Many units with random areas that come, go, fall silent, and claim what they get. */
final class Crowd implements AutoCloseable {

  private record Member(String name, Area area, PatrolUnit unit) {}

  private record Claimed(Member member, UUID alertId, CompletableFuture<JsonNode> answer) {}

  private final Random random;
  private final List<Member> members;
  private final List<Claimed> claimed = new ArrayList<>();
  private final Set<UUID> wanted = new HashSet<>();

  /**
   * Returns once each unit was told hello: one that fails before its start is stored begins again a
   * look-back ago, which is 10 s in these tests.
   */
  static Crowd connected(int size, List<String> services, Random random) {
    Crowd crowd = new Crowd(size, services, random);
    try {
      await()
          .atMost(1, MINUTES)
          .until(() -> crowd.members.stream().allMatch(m -> m.unit().connections() > 0));
      return crowd;
    } catch (Throwable e) {
      crowd.close();
      throw e;
    }
  }

  private Crowd(int size, List<String> services, Random random) {
    this.random = random;
    HttpClient http = HttpClient.newHttpClient();
    members = IntStream.range(0, size).mapToObj(i -> member(http, services, "crowd-" + i)).toList();
  }

  private Member member(HttpClient http, List<String> services, String name) {
    double south = 42 + 6 * random.nextDouble();
    double west = -2 + 6 * random.nextDouble();
    Area area = new Area(south, west, south + 3 * random.nextDouble(), west + 3);
    String query =
        "?area=%s,%s,%s,%s".formatted(area.south(), area.west(), area.north(), area.east());
    return new Member(name, area, new PatrolUnit(http, services, name, query).start());
  }

  /** How often units connected so far, beyond the first time. */
  int reconnects() {
    return members.stream().mapToInt(m -> Math.max(0, m.unit().connections() - 1)).sum();
  }

  /** One unit does something, most often goes and comes back. */
  void stir() {
    PatrolUnit unit = anyone().unit();
    Duration away = Duration.ofMillis(random.nextInt(2000));
    switch (random.nextInt(4)) {
      case 0 -> unit.leave(away);
      case 1 -> unit.cut(away);
      case 2 -> unit.vanish(away);
      default -> unit.stopReading();
    }
  }

  /** Several units claim the same alert, if one of them has any. */
  void claim() {
    List<UUID> known = List.copyOf(anyone().unit().alerts().keySet());
    if (known.isEmpty()) {
      return;
    }
    UUID alertId = known.get(random.nextInt(known.size()));
    if (wanted.add(alertId)) {
      for (Member member : members) {
        if (member.unit().alerts().containsKey(alertId) && random.nextInt(3) == 0) {
          claimed.add(new Claimed(member, alertId, member.unit().claim(alertId)));
        }
      }
    }
  }

  /** The units that did not get all alerts of their areas, each with how many it misses. */
  List<String> incomplete(List<Alert> raised) {
    return members.stream()
        .filter(member -> missing(member, raised) > 0)
        .map(member -> "%s, misses %d".formatted(member.unit(), missing(member, raised)))
        .toList();
  }

  private static long missing(Member member, List<Alert> raised) {
    Set<UUID> received = member.unit().alerts().keySet();
    return raised.stream()
        .filter(alert -> member.area().contains(alert.getLatitude(), alert.getLongitude()))
        .filter(alert -> !received.contains(alert.getId()))
        .count();
  }

  boolean everyQuestionIsAnswered() {
    return claimed.stream().allMatch(claim -> claim.answer().isDone());
  }

  /** Who was told to have won each alert, by what all units were ever told. */
  Map<UUID, Set<String>> winners() {
    return members.stream()
        .flatMap(member -> member.unit().claims().entrySet().stream())
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                Map.Entry::getValue,
                (some, others) -> {
                  Set<String> all = new HashSet<>(some);
                  all.addAll(others);
                  return all;
                }));
  }

  /** The alerts whose claim was answered with {@code claimed}, and to whom. */
  Map<UUID, Set<String>> won() {
    return claimed.stream()
        .filter(claim -> claim.answer().join().get("type").asText().equals("claimed"))
        .collect(
            Collectors.groupingBy(
                Claimed::alertId,
                Collectors.mapping(claim -> claim.member().name(), Collectors.toSet())));
  }

  private Member anyone() {
    return members.get(random.nextInt(members.size()));
  }

  @Override
  public void close() {
    members.forEach(member -> member.unit().close());
  }
}
