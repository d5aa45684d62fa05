// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import vigie.stack.security.Certificates;
import vigie.stack.security.SecretFile;
import vigie.stack.workspace.StackException;

/**
 * Who may enter Kafka: a user for each that {@code config/kafka/acls.yaml} names, with a password
 * that was made for this data folder, and the operator, who has a certificate instead.
 */
public final class KafkaUsers {

  private static final String AUDITOR = "auditor";

  /** Those whose commands are run by people, and find their settings in a file. */
  private static final List<String> COMMANDS = List.of(AUDITOR, "issuer");

  private static final ScramMechanism MECHANISM = ScramMechanism.SCRAM_SHA_512;
  private static final int ITERATIONS = 8192;
  private static final String PEM = "PEM";

  private final Path keys;
  private final Certificates certificates;
  private final KafkaAcls acls = KafkaAcls.read();
  private final Map<String, String> passwords;

  public KafkaUsers(Path keys, Certificates certificates) {
    this.keys = keys;
    this.certificates = certificates;
    this.passwords =
        acls.users().stream()
            .collect(
                Collectors.toMap(
                    user -> user,
                    user -> SecretFile.readOrMake(keys.resolve("kafka-password-of-" + user))));
    COMMANDS.forEach(user -> write(user, settings(user)));
    write(Certificates.OPERATOR, operator());
  }

  /** The settings of a client that enters as this user. */
  Map<String, String> settings(String user) {
    Map<String, String> settings = trust();
    settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_SSL");
    settings.put(SaslConfigs.SASL_MECHANISM, MECHANISM.mechanismName());
    settings.put(
        SaslConfigs.SASL_JAAS_CONFIG,
        "org.apache.kafka.common.security.scram.ScramLoginModule required"
            + " username=\"%s\" password=\"%s\";".formatted(user, passwords.get(user)));
    return settings;
  }

  /** As {@link #settings}, by the names that the services know them by. */
  Map<String, String> environment(String user) {
    return settings(user).entrySet().stream()
        .collect(Collectors.toMap(setting -> variable(setting.getKey()), Map.Entry::getValue));
  }

  /** The settings of a client that may do everything, where brokers meet. */
  Map<String, String> operator() {
    Map<String, String> settings = trust();
    settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SSL");
    settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
    settings.put(
        SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, certificates.of(Certificates.OPERATOR).toString());
    return settings;
  }

  /** By what a client knows that it speaks to Kafka. */
  private Map<String, String> trust() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
    settings.put(
        SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
        certificates.authority(Certificates.SecuredSystem.KAFKA).toString());
    return settings;
  }

  /** For the templates of {@code config/kafka}. */
  Map<String, String> variables() {
    return Map.of(
        "CERTIFICATE_AUTHORITY",
            certificates.authority(Certificates.SecuredSystem.KAFKA).toString(),
        "KAFKA_CERTIFICATE", certificates.of(Certificates.KAFKA).toString());
  }

  /** Tells Kafka the passwords and what each may do; safe to repeat. */
  void admit(Admin admin) {
    List<UserScramCredentialAlteration> all =
        passwords.entrySet().stream()
            .<UserScramCredentialAlteration>map(
                user ->
                    new UserScramCredentialUpsertion(
                        user.getKey(),
                        new ScramCredentialInfo(MECHANISM, ITERATIONS),
                        user.getValue()))
            .toList();
    try {
      admin.alterUserScramCredentials(all).all().get();
      acls.set(admin);
    } catch (ExecutionException e) {
      throw new StackException("kafka does not take its users: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("kafka was told its users when the start was given up", e);
    }
  }

  /** Whether that broker has heard of the last rule, and so of all. */
  boolean areKnownTo(String broker) throws ExecutionException, InterruptedException {
    Map<String, Object> settings = new HashMap<>(settings(AUDITOR));
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker);
    try (Admin admin = Admin.create(settings)) {
      return !admin.describeTopics(acls.topicsOf(AUDITOR)).allTopicNames().get().isEmpty();
    }
  }

  private void write(String user, Map<String, String> settings) {
    SecretFile.write(
        keys.resolve("kafka-" + user + ".properties"),
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .collect(Collectors.joining("\n", "", "\n")));
  }

  private static String variable(String setting) {
    return "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
