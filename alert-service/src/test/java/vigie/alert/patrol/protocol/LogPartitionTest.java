// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogPartitionTest {

  @ParameterizedTest
  @EnumSource
  void aLaneIsFoundByItsNumberAndByItsPartition(LogTopic feed) {
    for (int partition = 0; partition < 9; partition++) {
      LogPartition lane = new LogPartition(feed, partition);
      assertEquals(lane, LogPartition.of(lane.number()));
      assertEquals(lane, LogPartition.of(lane.topicPartition()));
    }
  }
}
