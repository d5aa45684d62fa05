// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import vigie.benchmark.ProcessCost;
import vigie.benchmark.RunningAlert;
import vigie.events.Alert;
import vigie.events.EventCodec;

/** The built alert-service, told of alerts by Kafka, as if another instance had raised them. */
final class AlertServer implements Server {

  private static final EventCodec<Alert> CODEC = EventCodec.of(Alert.class);

  /** No unit claims an alert here. */
  private static final Map<String, String> NEVER_ESCALATE =
      Map.of("VIGIE_ALERT_ESCALATION_AFTER", "1d");

  private final RunningAlert alert;
  private final Producer<byte[], byte[]> producer;

  AlertServer(Path folder) {
    alert = new RunningAlert(folder, NEVER_ESCALATE);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", alert.kafka().bootstrapServers(), "linger.ms", 1),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  RunningAlert running() {
    return alert;
  }

  @Override
  public String name() {
    return "alert-service";
  }

  @Override
  public int port() {
    return alert.address().getPort();
  }

  @Override
  public WireProtocol protocol() {
    return WireProtocol.PATROL;
  }

  @Override
  public ProcessCost cost() {
    return alert.cost();
  }

  @Override
  public void raise(int from, int to) throws IOException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int number = from; number < to; number++) {
      Alert next = ExamAlerts.alert(number);
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  "vigie.alerts", next.getStudentId().getBytes(UTF_8), CODEC.encode(next))));
    }
    try {
      for (Future<RecordMetadata> one : sent) {
        RecordMetadata unused = one.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new IOException("Kafka does not hold all alerts", e);
    }
  }

  @Override
  public void collect() throws IOException {
    Process unused =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(alert.process().process().pid()),
                "GC.run")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .onExit()
            .join();
  }

  @Override
  public void close() {
    producer.close();
    alert.close();
  }
}
