// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.issuer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vigie.command.Commands;

/** Prints a token. */
@Command(
    name = "deploy/token",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {"Prints a token of the development issuer of this working copy.", ""},
    footer = {
      "",
      "Examples:",
      "  deploy/token patrol unit-1 --area 48.8,2.2,48.9,2.5 --for 1h",
      "  deploy/token patrol unit-1 --link https://vigie.example",
      "  curl -H \"Authorization: Bearer $(deploy/token admin me)\" localhost:8082/v1/thresholds"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the token or the link is printed",
      "1:it could not be made",
      "2:the arguments are wrong"
    })
public final class Token implements Callable<Integer> {

  private static final String NUMBER = "-?\\d+(\\.\\d+)?";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ROLE",
      description = {
        "laptop sends results; patrol gets alerts; staff reads figures and thresholds;",
        "admin also changes thresholds; service is a part of Vigie."
      })
  private Role role;

  @Parameters(
      paramLabel = "SUBJECT",
      description = "A laptop's studentId, a patrol's unitId, else a person's name.")
  private String subject;

  @Option(
      names = "--area",
      paramLabel = "LAT1,LON1,LAT2,LON2",
      description = "Where a patrol may ask for alerts, in degrees. Default: everywhere.")
  private String area;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "12h",
      description = "How long it is valid, such as 30m or PT1H. Default: ${DEFAULT-VALUE}.")
  private Duration lifetime;

  @Option(
      names = "--link",
      paramLabel = "URL",
      description = "Prints a link that brings the token to the pages at this address.")
  private URI pages;

  @Option(
      names = "--keys",
      hidden = true,
      required = true,
      defaultValue = "${sys:vigie.keys:-.vigie/data/keys}")
  private Path keys;

  public static void main(String[] arguments) {
    System.exit(command().execute(arguments));
  }

  static CommandLine command() {
    return Commands.complete(new CommandLine(new Token()));
  }

  @Override
  public Integer call() throws IOException {
    require(!subject.isBlank(), "SUBJECT is blank");
    Optional<String> fault = role.subject().flatMap(identifier -> identifier.fault(subject));
    require(fault.isEmpty(), "SUBJECT " + fault.orElse(""));
    require(lifetime.toSeconds() > 0, "--for has to be a second or more");
    require(area == null || role == Role.PATROL, "--area belongs to a patrol");
    require(
        area == null || area.matches(NUMBER + ("," + NUMBER).repeat(3)),
        "--area has to be four numbers, such as 48.8,2.2,48.9,2.5");
    require(
        pages == null || (pages.getHost() != null && pages.getFragment() == null),
        "--link has to be an address such as http://127.0.0.1:8080");
    Grant grant = new Grant(role, subject, Optional.ofNullable(area), lifetime);
    String token = Issuer.in(keys).token(grant);
    new IssuedSubjects(keys).add(subject);
    spec.commandLine()
        .getOut()
        .println(pages == null ? token : pages.resolve("/sign-in") + "#" + token);
    return 0;
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}
