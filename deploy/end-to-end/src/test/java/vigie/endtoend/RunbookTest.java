// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import vigie.stack.ports.Port;

/** At night an operator types what the runbook says: it has to exist. */
class RunbookTest {

  private static final Pattern COMMAND = Pattern.compile("`deploy/([a-z-]+)( [^`]*)?`");
  private static final Pattern RULE = Pattern.compile("(?m)^### (\\w+)$");

  private final String runbook;

  RunbookTest() throws IOException {
    runbook = Files.readString(Facts.ROOT.resolve("deploy/docs/RUNBOOK.md"));
  }

  @Test
  void eachSectionIsThatOfARule() throws IOException {
    Set<String> sections =
        RULE.matcher(runbook).results().map(section -> section.group(1)).collect(toSet());
    Set<String> rules =
        AlertRules.read().all().stream().map(AlertRules.Rule::alert).collect(toSet());
    assertEquals(rules, sections);
  }

  @Test
  void eachCommandShipsAndKnowsItsFirstArguments() throws IOException {
    List<MatchResult> commands = COMMAND.matcher(runbook).results().toList();
    assertTrue(commands.size() > 15, "only " + commands.size() + " commands were found");
    for (MatchResult command : commands) {
      Path script = Facts.ROOT.resolve("deploy").resolve(command.group(1));
      assertTrue(Files.isExecutable(script), command.group());
      String[] arguments =
          command.group(2) == null ? new String[0] : command.group(2).strip().split(" ", -1);
      switch (command.group(1)) {
        case "restart" -> assertTrue(isProcess(arguments[0]), command.group());
        case "operate" -> assertTrue(isVerb(arguments[0], "deploy/operator"), command.group());
        case "shell" -> assertTrue(isTool(script, arguments), command.group());
        default -> assertTrue(arguments.length == 0 || isOption(arguments[0]), command.group());
      }
    }
  }

  private static boolean isProcess(String name) {
    return Arrays.stream(Port.values()).anyMatch(port -> port.part().equals(name));
  }

  /** As picocli is told it. */
  private static boolean isVerb(String verb, String module) throws IOException {
    for (Path source : Documents.sources(".java")) {
      if (source.startsWith(Facts.ROOT.resolve(module))
          && Files.readString(source).contains("name = \"" + verb + "\"")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOption(String argument) {
    return argument.startsWith("--");
  }

  /** The tool of a system, as the script's branches name it. */
  private static boolean isTool(Path script, String... arguments) throws IOException {
    String text = Files.readString(script);
    boolean hasTools = text.contains("\n  " + arguments[0] + ")\n    verb=");
    return hasTools
        ? text.contains("\n      " + arguments[1] + ") tool " + arguments[0] + " ")
        : text.contains("\n  " + arguments[0] + ")\n");
  }
}
