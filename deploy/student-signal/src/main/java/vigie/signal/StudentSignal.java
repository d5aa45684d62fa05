// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The laptops of an exam, simulated or replayed. */
@Command(
    name = "student-signal",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Sends a simulated exam, or a recorded one, to ingest-service.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:each event that was sent was acknowledged",
      "1:an event was rejected or given up",
      "2:the options are wrong"
    })
public final class StudentSignal implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--url", required = true, description = "ingest-service, http://host:port")
  private URI url;

  @Option(
      names = "--rate",
      description =
          "events per second, by the clock (default: 50 when simulated, as fast as answers come"
              + " when recorded)")
  private Double rate;

  @Option(names = "--students", defaultValue = "2000", description = "default: ${DEFAULT-VALUE}")
  private int students;

  @Option(names = "--seed", defaultValue = "42", description = "default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(names = "--start", description = "with the seed, decides the ids (default: now)")
  private Instant start = Instant.now();

  @Option(names = "--duration", description = "such as PT10M (default: until ended)")
  private Duration duration = Duration.ofDays(365);

  @Option(names = "--count", description = "events at most (default: no limit)")
  private long count = Long.MAX_VALUE;

  @Option(
      names = "--batch",
      description = "events per request (default: 1 when simulated, 100 when recorded)")
  private Integer batch;

  @Option(
      names = "--in-flight",
      defaultValue = "64",
      description = "requests at a time at most (default: ${DEFAULT-VALUE})")
  private int inFlight;

  @Option(
      names = "--patience",
      defaultValue = "PT5M",
      description = "how long a request is sent again (default: ${DEFAULT-VALUE})")
  private Duration patience;

  @Option(
      names = "--receipts",
      description = "file to append the stored id of each acknowledged event to")
  private Path receiptsFile;

  @Option(names = "--file", description = "recorded events to send once, one JSON object a line")
  private Path file;

  @Option(
      names = "--kind",
      defaultValue = "RESULTS",
      description = "what the file holds: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Event.Kind kind;

  @Option(
      names = "--keys",
      description =
          "folder of a development issuer, which signs a token for each student; a request then"
              + " carries events of one student only (default: no tokens)")
  private Path keys;

  @Option(names = "--allow-remote", description = "send to another machine than this one")
  private boolean allowRemote;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new StudentSignal())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    requireLoopback();
    boolean recorded = file != null;
    double eventsPerSecond = rate != null ? rate : recorded ? Double.POSITIVE_INFINITY : 50;
    int batchSize = batch != null ? batch : recorded ? 100 : 1;
    Tokens tokens = keys == null ? Tokens.NONE : Tokens.signedIn(keys);
    Tally tally = new Tally();
    try (Receipts receipts = receiptsFile == null ? Receipts.none() : Receipts.in(receiptsFile);
        Source source =
            recorded
                ? Source.recorded(file, kind, count)
                : Source.simulated(new Exam(seed, start, students), count)) {
      Laptops laptops = new Laptops(url, tokens, inFlight, patience, receipts, tally);
      Run run = new Run(source, tokens, laptops, tally, eventsPerSecond, batchSize, duration);
      run.toTheEnd();
      if (laptops.lastFailure() != null) {
        spec.commandLine().getErr().println("given up: " + laptops.lastFailure());
      }
    }
    return tally.isComplete() ? 0 : 1;
  }

  private void requireLoopback() throws Exception {
    if (!allowRemote && !InetAddress.getByName(url.getHost()).isLoopbackAddress()) {
      throw new ParameterException(
          spec.commandLine(),
          url + " is another machine; --allow-remote says that its owner wants this load");
    }
  }
}
