// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * Something that nobody may be able to do.
 *
 * @param refusal what the system answers: a part of the exception's class and message
 */
record Attack(String name, Executable act, String refusal) {

  DynamicTest isRefused() {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          Throwable refused = assertThrows(Throwable.class, act);
          while (refused instanceof ExecutionException) {
            refused = refused.getCause();
          }
          String answer = refused.toString();
          assertTrue(answer.contains(refusal), answer);
        });
  }
}
