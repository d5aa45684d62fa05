// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import vigie.faults.hosts.Fault.Kind;

class ScheduleTest {

  private static final List<Schedule> MANY =
      LongStream.range(0, 300).mapToObj(Schedule::of).toList();

  @Test
  void aScheduleFollowsFromItsSeed() {
    assertEquals(MANY, LongStream.range(0, 300).mapToObj(Schedule::of).toList());
    assertNotEquals(MANY.get(0), MANY.get(1));
  }

  @Test
  void everyKindOfFaultIsPlayedOnEveryHost() {
    Set<Kind> kinds =
        MANY.stream()
            .flatMap(one -> one.actions().stream())
            .map(one -> one.fault().kind())
            .collect(toSet());
    Set<String> hosts =
        MANY.stream()
            .flatMap(one -> one.actions().stream())
            .map(one -> one.fault().host())
            .collect(toSet());

    assertEquals(EnumSet.allOf(Kind.class), kinds);
    assertEquals(Set.copyOf(Schedule.HOSTS), hosts);
  }

  @Test
  void aMajorityOfEachRoleIsLeftWhereOneMustGoOn() {
    List<Schedule> minorities = MANY.stream().filter(Schedule::leavesMajority).toList();

    assertTrue(minorities.size() > 100, () -> "" + minorities.size());
    for (Schedule schedule : minorities) {
      Set<String> hosts =
          schedule.actions().stream().map(one -> one.fault().host()).collect(toSet());
      assertEquals(schedule.victims(), hosts);
      for (List<String> role : Schedule.ROLES) {
        assertTrue(role.stream().filter(hosts::contains).count() <= 1, schedule::toString);
      }
    }
  }
}
