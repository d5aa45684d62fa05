// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.function.Executable;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/** What Kafka must refuse to strangers, and to each part beyond its own work. */
record KafkaAttacks(VigieStack vigie) {

  private static final String PASSWORD = "password=\"";
  private static final String NO_ANSWER = "TimeoutException";
  private static final String NO_LOGIN = "SaslAuthenticationException";
  private static final String NO_CERTIFICATE = "SslAuthenticationException";
  private static final String NO_TOPIC = "TopicAuthorizationException";
  private static final String NO_GROUP = "GroupAuthorizationException";

  /** Also for a user that may write nowhere at all, and so must not even become a producer. */
  private static final String NO_CLUSTER = "ClusterAuthorizationException";

  Stream<Attack> all() {
    return Stream.concat(ofStrangers(), ofParts());
  }

  private Stream<Attack> ofStrangers() {
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

  private Stream<Attack> ofParts() {
    return Stream.of(
        attack("ingest reads results", read("ingest-service", "vigie.results"), NO_TOPIC),
        attack("ingest reads alerts", read("ingest-service", "vigie.alerts"), NO_TOPIC),
        attack("ingest raises an alert", send("ingest-service", "vigie.alerts"), NO_TOPIC),
        attack(
            "ingest reports a deployment", send("ingest-service", "vigie.deployments"), NO_TOPIC),
        attack(
            "ingest writes to a topic that is not there",
            send("ingest-service", "vigie.nothing"),
            NO_TOPIC),
        attack("ingest revokes a token", send("ingest-service", "vigie.revocations"), NO_TOPIC),
        attack(
            "dashboard revokes a token",
            send("dashboard-service", "vigie.revocations"),
            NO_CLUSTER),
        attack("issuer forges a result", send("issuer", "vigie.results"), NO_TOPIC),
        attack("ingest joins the judges", join("ingest-service", "alert-judging"), NO_GROUP),
        attack("alert forges a result", send("alert-service", "vigie.results"), NO_TOPIC),
        attack("alert reads activity", read("alert-service", "vigie.activity"), NO_TOPIC),
        attack("archive forges a result", send("archive-service", "vigie.results"), NO_TOPIC),
        attack("archive raises an alert", send("archive-service", "vigie.alerts"), NO_TOPIC),
        attack("archive judges", join("archive-service", "alert-judging"), NO_GROUP),
        attack("dashboard forges a result", send("dashboard-service", "vigie.results"), NO_CLUSTER),
        attack("dashboard raises an alert", send("dashboard-service", "vigie.alerts"), NO_CLUSTER),
        attack("dashboard reads results", read("dashboard-service", "vigie.results"), NO_TOPIC),
        attack("auditor writes dead letters", send("auditor", "vigie.dead-letters"), NO_CLUSTER),
        attack(
            "alert makes a topic",
            ask(
                "alert-service",
                admin ->
                    admin.createTopics(List.of(new NewTopic("vigie.mine", 1, (short) 1))).all()),
            NO_TOPIC),
        attack(
            "archive deletes a topic",
            ask("archive-service", admin -> admin.deleteTopics(List.of("vigie.results")).all()),
            NO_TOPIC),
        attack(
            "archive deletes records",
            ask(
                "archive-service",
                admin ->
                    admin
                        .deleteRecords(
                            Map.of(
                                new TopicPartition("vigie.results", 0),
                                RecordsToDelete.beforeOffset(1)))
                        .all()),
            NO_TOPIC),
        attack(
            "dashboard makes the judges begin anew",
            ask(
                "dashboard-service",
                admin -> admin.deleteConsumerGroups(List.of("alert-judging")).all()),
            NO_GROUP),
        attack(
            "dashboard lists the rules",
            ask("dashboard-service", admin -> admin.describeAcls(AclBindingFilter.ANY).values()),
            NO_CLUSTER),
        attack(
            "alert takes the rules away",
            ask("alert-service", admin -> admin.deleteAcls(List.of(AclBindingFilter.ANY)).all()),
            NO_CLUSTER),
        attack(
            "ingest gives another a password",
            ask(
                "ingest-service",
                admin ->
                    admin
                        .alterUserScramCredentials(
                            List.of(
                                new UserScramCredentialUpsertion(
                                    "archive-service",
                                    new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                                    "mine")))
                        .all()),
            NO_CLUSTER));
  }

  private static Attack attack(String name, Executable act, String refusal) {
    return new Attack("Kafka: " + name, act, refusal);
  }

  private Executable send(String user, String topic) {
    return send(settings(user), topic);
  }

  private static Executable send(Map<String, Object> settings, String topic) {
    return () -> {
      try (var producer =
          new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
        producer.send(new ProducerRecord<>(topic, "student", "forged")).get();
      }
    };
  }

  private Executable read(String user, String topic) {
    return () -> {
      try (var consumer =
          new KafkaConsumer<>(settings(user), new StringDeserializer(), new StringDeserializer())) {
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        consumer.poll(Duration.ofSeconds(20));
      }
    };
  }

  private Executable join(String user, String group) {
    return () -> {
      try (var consumer =
          new KafkaConsumer<>(
              with(settings(user), "group.id", group),
              new StringDeserializer(),
              new StringDeserializer())) {
        consumer.subscribe(List.of("vigie.results", "vigie.activity"));
        consumer.poll(Duration.ofSeconds(20));
      }
    };
  }

  private interface Question {
    KafkaFuture<?> of(Admin admin);
  }

  private Executable ask(String user, Question question) {
    return () -> {
      try (Admin admin = Admin.create(settings(user))) {
        question.of(admin).get();
      }
    };
  }

  /** As the stack tells the service of this name. */
  private Map<String, Object> settings(String user) {
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

  private static Map<String, Object> with(Map<String, Object> settings, String name, String value) {
    Map<String, Object> changed = new HashMap<>(settings);
    changed.put(name, value);
    return changed;
  }

  private static String jaas(Map<String, Object> settings) {
    return settings.get("sasl.jaas.config").toString();
  }
}
