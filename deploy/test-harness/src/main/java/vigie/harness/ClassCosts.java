// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Appends a line for each top-level class of tests to {@code target/test-costs.tsv}: class, wall
 * time, own processor time, children's processor time, in seconds. Shared fixtures start in the
 * first class that uses them; what ends after the last class is the line {@value #AFTER_ALL}.
 *
 * <p>JUnit calls it from one thread: classes run one after the other here.
 */
public final class ClassCosts implements TestExecutionListener {

  private static final String AFTER_ALL = "(after all)";
  private static final Path FILE = Path.of("target", "test-costs.tsv");

  private TestPlan plan;
  private Reading last;

  private record Reading(long nanos, ProcessorTime cpu) {

    static Reading now() {
      return new Reading(System.nanoTime(), ProcessorTime.now());
    }
  }

  @Override
  public void testPlanExecutionStarted(TestPlan testPlan) {
    plan = testPlan;
    last = Reading.now();
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    if (isTopLevelClass(test)) {
      last = Reading.now();
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (isTopLevelClass(test)) {
      append(test.getDisplayName());
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan testPlan) {
    append(AFTER_ALL);
  }

  private boolean isTopLevelClass(TestIdentifier test) {
    return test.getSource().filter(ClassSource.class::isInstance).isPresent()
        && plan.getParent(test)
            .map(TestIdentifier::getParentId)
            .filter(id -> id.isEmpty())
            .isPresent();
  }

  private void append(String name) {
    Reading now = Reading.now();
    ProcessorTime cpu = now.cpu().since(last.cpu());
    String line =
        String.format(
            Locale.ROOT,
            "%s\t%.1f\t%.1f\t%.1f%n",
            name,
            seconds(Duration.ofNanos(now.nanos() - last.nanos())),
            seconds(cpu.own()),
            seconds(cpu.children()));
    last = now;
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1_000.0;
  }
}
