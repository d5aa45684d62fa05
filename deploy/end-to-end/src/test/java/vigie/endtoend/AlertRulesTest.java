// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an operator is woken for, looked at without anything that runs. */
class AlertRulesTest {

  private static final Path README = Facts.ROOT.resolve("README.md");

  private static final Set<String> PARTS =
      Set.of(
          "kafka",
          "machine",
          "ingest-service",
          "alert-service",
          "archive-service",
          "analytics-job",
          "dashboard-service",
          "kubernetes");

  private static final Pattern AGGREGATION =
      Pattern.compile("\\b(?:sum|max|min|group)\\b(?! by \\(cluster, namespace[,)])");

  @Test
  void everyRuleSaysHowBadItIsWhereAndWhatToDo() throws Exception {
    Set<String> names = new HashSet<>();
    for (AlertRules.Rule rule : AlertRules.read().all()) {
      String name = rule.alert();
      assertTrue(names.add(name), name + " is there twice");
      assertFalse(rule.metrics().isEmpty(), name + " looks at nothing");
      assertTrue(PARTS.contains(rule.part()), name + ": " + rule.part());
      assertTrue(Set.of("page", "warn").contains(rule.labels().get("severity")), name);
      assertEquals(Set.of("summary", "action", "runbook"), rule.annotations().keySet(), name);
      String runbook = rule.annotations().get("runbook");
      assertEquals("deploy/docs/RUNBOOK.md#" + name.toLowerCase(Locale.ROOT), runbook);
      assertTrue(DocumentationTest.leadsSomewhere(README, runbook), name);
      assertFalse(AGGREGATION.matcher(rule.expr()).find(), name + " mixes clusters");
      assertTrue(rule.time() == null || rule.time().matches("\\d+[sm]"), name);
    }
  }

  @Test
  void theAbsenceOfEachPartIsAPage() throws Exception {
    Set<String> watched = new HashSet<>(Set.of("kubernetes"));
    for (AlertRules.Rule rule : AlertRules.read().all()) {
      if (rule.expr().contains("absent(")) {
        assertEquals("page", rule.labels().get("severity"), rule.alert());
        watched.add(rule.part());
      }
    }
    assertEquals(PARTS, watched);
  }

  /** Debian's package prometheus has it. */
  @Test
  void theRulesSayWhatTheyShouldOfCoursesOfFigures() throws Exception {
    assumeTrue(Programs.isOnPath("promtool"), "there is no promtool");
    assertSucceeds("check", "rules", AlertRules.FILE.toString());
    assertSucceeds("test", "rules", "src/test/prometheus/alerts.test.yaml");
  }

  private static void assertSucceeds(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = "promtool";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process promtool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, promtool.waitFor(), said);
  }
}
