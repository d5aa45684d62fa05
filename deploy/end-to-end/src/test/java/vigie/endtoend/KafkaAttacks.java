// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.function.Executable;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/** What Kafka must refuse to strangers; {@link KafkaTakeover} is of its users. */
record KafkaAttacks(VigieStack vigie) {

  private static final String PASSWORD = "password=\"";
  private static final String NO_ANSWER = "TimeoutException";
  private static final String NO_LOGIN = "SaslAuthenticationException";
  private static final String NO_CERTIFICATE = "SslAuthenticationException";

  Stream<Attack> all() {
    Map<String, Object> ingest = settings("ingest-service");
    return Stream.of(
        attack(
            "no TLS",
            send(briefly(with(ingest, "security.protocol", "SASL_PLAINTEXT")), "vigie.results"),
            NO_ANSWER),
        attack(
            "neither TLS nor a name",
            send(briefly(with(ingest, "security.protocol", "PLAINTEXT")), "vigie.results"),
            NO_ANSWER),
        attack(
            "TLS but no name",
            send(briefly(with(ingest, "security.protocol", "SSL")), "vigie.results"),
            NO_ANSWER),
        attack(
            "a wrong password",
            send(
                with(ingest, "sasl.jaas.config", jaas(ingest).replace(PASSWORD, PASSWORD + "x")),
                "vigie.results"),
            NO_LOGIN),
        attack(
            "another's name with one's own password",
            send(
                with(
                    ingest,
                    "sasl.jaas.config",
                    jaas(ingest).replace("ingest-service", "alert-service")),
                "vigie.alerts"),
            NO_LOGIN),
        attack(
            "a name that no user has",
            send(
                with(
                    ingest, "sasl.jaas.config", jaas(ingest).replace("ingest-service", "operator")),
                "vigie.results"),
            NO_LOGIN),
        attack(
            "a password where certificates are asked for",
            send(atThePeers(ingest), "vigie.results"),
            NO_CERTIFICATE),
        attack(
            "no certificate where they are asked for",
            send(with(atThePeers(ingest), "security.protocol", "SSL"), "vigie.results"),
            NO_CERTIFICATE));
  }

  private static Attack attack(String name, Executable act, String refusal) {
    return new Attack("Kafka: " + name, act, refusal);
  }

  private static Executable send(Map<String, Object> settings, String topic) {
    return () -> {
      try (var producer =
          new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
        producer.send(new ProducerRecord<>(topic, "student", "forged")).get();
      }
    };
  }

  /** As the stack tells the service of this name. */
  Map<String, Object> settings(String user) {
    Map<String, Object> settings = new HashMap<>();
    vigie
        .kafka()
        .environment(user)
        .forEach(
            (name, value) ->
                settings.put(
                    name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.'),
                    value));
    settings.put("max.block.ms", "30000");
    settings.put("default.api.timeout.ms", "30000");
    settings.put("request.timeout.ms", "10000");
    settings.put("delivery.timeout.ms", "30000");
    return settings;
  }

  /** For those that get no answer, and so wait in vain. */
  private static Map<String, Object> briefly(Map<String, Object> settings) {
    return with(settings, "max.block.ms", "4000");
  }

  private Map<String, Object> atThePeers(Map<String, Object> settings) {
    String peers = vigie.url(Port.KAFKA_PEER).substring("http://".length());
    return with(settings, "bootstrap.servers", peers);
  }

  static Map<String, Object> with(Map<String, Object> settings, String name, String value) {
    Map<String, Object> changed = new HashMap<>(settings);
    changed.put(name, value);
    return changed;
  }

  private static String jaas(Map<String, Object> settings) {
    return settings.get("sasl.jaas.config").toString();
  }
}
