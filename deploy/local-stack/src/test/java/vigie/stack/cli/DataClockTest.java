// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

class DataClockTest {

  private static final Instant WRITTEN = Instant.parse("2026-11-30T10:00:00Z");

  @TempDir private Path root;

  @Test
  void newDataHasNoTime() {
    assertDoesNotThrow(() -> clock().require(WRITTEN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT50S", "PT0S", "PT16H", "P4D"})
  void aTimeNearTheDatasIsAccepted(Duration later) throws IOException {
    clock().record(WRITTEN);

    assertDoesNotThrow(() -> clock().require(WRITTEN.plus(later)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT1H", "-P8D", "P6D", "P3650D"})
  void aTimeFarFromTheDatasIsRefused(Duration later) throws IOException {
    clock().record(WRITTEN);

    String line =
        assertThrows(StackException.class, () -> clock().require(WRITTEN.plus(later))).getMessage();

    assertTrue(line.contains("the data was written until 2026-11-30T10:00:00Z"), line);
    assertTrue(line.contains("--accept-clock"), line);
  }

  private DataClock clock() {
    return new DataClock(new StackFolder(root));
  }
}
