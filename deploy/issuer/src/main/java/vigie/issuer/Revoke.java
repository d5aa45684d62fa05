// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.issuer;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import vigie.access.Revocation;
import vigie.access.Revocation.Kind;
import vigie.command.Commands;

/** Has every service refuse a token, all that a subject has been given so far, or all of a key. */
@Command(
    name = "deploy/revoke",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Has every instance of every service refuse tokens within seconds, and close what is open",
      "for them. A revocation stands for good.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all in-sync replicas hold the revocation",
      "1:it could not be written",
      "2:the arguments are wrong",
      "3:it is revoked, but deploy/token never issued a token to that subject"
    })
public final class Revoke implements Callable<Integer> {

  private static final int PATIENCE_MILLIS = 20_000;

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private What what;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "revoked by an operator",
      description = "For people who read the list. Default: ${DEFAULT-VALUE}.")
  private String reason;

  @Option(
      names = "--clock-ahead",
      paramLabel = "DURATION",
      defaultValue = "PT0S",
      description = {
        "How far the issuer's clock was ahead when it issued tokens, such as PT1H, if it has been",
        "corrected since: these tokens are revoked too. New ones of the subject count that much",
        "later."
      })
  private Duration clockAhead;

  @Option(
      names = "--kafka-settings",
      paramLabel = "FILE",
      description = "A file of a Kafka client's settings, where Kafka does not admit all.")
  private Optional<Path> client = Optional.empty();

  @Option(names = "--bootstrap-servers", hidden = true, required = true)
  private String kafka;

  @Option(
      names = "--keys",
      hidden = true,
      required = true,
      defaultValue = "${sys:vigie.keys:-.vigie/data/keys}")
  private Path keys;

  private static final class What {

    @Option(names = "--token-id", paramLabel = "JTI", description = "One token, by its claim jti.")
    private String tokenId;

    @Option(
        names = "--subject",
        paramLabel = "SUBJECT",
        description = "All tokens that a studentId, a unitId or a person has been given so far.")
    private String subject;

    @Option(
        names = "--key",
        paramLabel = "KID",
        description = "All tokens that one key of the issuer signs, by its kid.")
    private String key;

    Revocation revocation() {
      if (key != null) {
        return new Revocation(Kind.KEY, key);
      }
      return tokenId == null
          ? new Revocation(Kind.SUBJECT, subject)
          : new Revocation(Kind.TOKEN, tokenId);
    }
  }

  public static void main(String[] arguments) {
    System.exit(command().execute(arguments));
  }

  public static CommandLine command() {
    return Commands.complete(new CommandLine(new Revoke()));
  }

  /**
   * Returns when all in-sync replicas hold it. A name that nothing has is revoked nevertheless: an
   * identity provider may have issued its tokens.
   */
  @Override
  public Integer call() throws IOException, InterruptedException {
    Revocation revocation = what.revocation();
    if (revocation.name().isBlank()) {
      throw new ParameterException(spec.commandLine(), "What is to be revoked is blank");
    }
    try (Producer<String, String> producer =
        new KafkaProducer<>(settings(), new StringSerializer(), new StringSerializer())) {
      long offset = producer.send(revocation.record(reason, issuersTime())).get().offset();
      spec.commandLine().getOut().printf("revoked %s (offset %d)%n", revocation.key(), offset);
      if (revocation.kind() == Kind.SUBJECT) {
        new IssuedSubjects(keys).require(revocation.name());
      }
      return 0;
    } catch (ExecutionException e) {
      spec.commandLine().getErr().printf("not revoked: %s%n", e.getCause().getMessage());
      return 1;
    }
  }

  /** The latest time by which a token that exists can say that it was issued. */
  private Instant issuersTime() {
    return Instant.now().plus(clockAhead);
  }

  private Properties settings() throws IOException {
    Properties settings = new Properties();
    if (client.isPresent()) {
      try (Reader in = Files.newBufferedReader(client.get())) {
        settings.load(in);
      }
    }
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    return settings;
  }
}
