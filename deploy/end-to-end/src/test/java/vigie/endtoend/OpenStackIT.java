// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vigie.harness.LongForm;
import vigie.stack.AccessMode;
import vigie.stack.StackOptions;
import vigie.stack.VigieStack;

/**
 * What {@code deploy/up} starts without {@code --secure}, with and without {@code --open}. {@link
 * SecureStackIT} holds the same promise on the secured stack in each run.
 */
@LongForm
class OpenStackIT {

  @ParameterizedTest
  @EnumSource(AccessMode.class)
  void resultsAreJudgedArchivedAndCounted(AccessMode access, @TempDir Path folder)
      throws Exception {
    StackOptions options =
        StackOptions.forTest(folder)
            .withAnalyticsInterval(RunningVigie.ANALYTICS_INTERVAL)
            .withAccess(access);
    try (VigieStack vigie = VigieStack.startNew(options)) {
      new ExamFlow(vigie, "open").awaitJudgedArchivedAndCounted(folder);
    }
  }
}
