// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LaneTest {

  @ParameterizedTest
  @EnumSource
  void aLaneIsFoundByItsNumberAndByItsPartition(Feed feed) {
    for (int partition = 0; partition < 9; partition++) {
      Lane lane = new Lane(feed, partition);
      assertEquals(lane, Lane.of(lane.number()));
      assertEquals(lane, Lane.of(lane.topicPartition()));
    }
  }
}
