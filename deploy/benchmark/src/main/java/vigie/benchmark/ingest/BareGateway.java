// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The least that can bring JSON over HTTP into Kafka and tell the truth about it: what
 * ingest-service is measured against. It parses each event for its key and hands on its JSON as it
 * came. No validation, no ids, no Avro, no limits, no metrics: not for use.
 */
final class BareGateway {

  private static final String TOPIC = "vigie.results";

  private final JsonFactory json = new JsonFactory();
  private final KafkaProducer<byte[], byte[]> producer;

  private BareGateway(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /**
   * Runs until it is killed.
   *
   * @param arguments the port, then the producer's settings as {@code key=value}
   */
  public static void main(String[] arguments) {
    Properties settings = new Properties();
    for (String setting : Arrays.asList(arguments).subList(1, arguments.length)) {
      String[] keyAndValue = setting.split("=", 2);
      settings.setProperty(keyAndValue[0], keyAndValue[1]);
    }
    ByteArraySerializer bytes = new ByteArraySerializer();
    BareGateway gateway = new BareGateway(new KafkaProducer<>(settings, bytes, bytes));
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      var unused =
          vertx
              .createHttpServer(new HttpServerOptions().setPort(Integer.parseInt(arguments[0])))
              .requestHandler(request -> gateway.receive(vertx, request))
              .listen()
              .onFailure(
                  failure -> {
                    System.err.println(failure);
                    System.exit(1);
                  });
    }
  }

  private void receive(Vertx vertx, HttpServerRequest request) {
    Context context = vertx.getOrCreateContext();
    var unused =
        request
            .body()
            .compose(
                body -> Future.fromCompletionStage(append(body.getBytes(), new Receipt()), context))
            .onSuccess(
                events -> answer(request, 202, "{\"accepted\":" + events + ",\"rejected\":[]}"))
            .onFailure(failure -> answer(request, 503, failure.toString()));
  }

  private static void answer(HttpServerRequest request, int status, String body) {
    var unused =
        request
            .response()
            .setStatusCode(status)
            .putHeader("Content-Type", "application/json")
            .end(body);
  }

  private CompletionStage<Integer> append(byte[] body, Receipt receipt) {
    try (JsonParser parser = json.createParser(body)) {
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        byte[] key = key(parser);
        byte[] event =
            Arrays.copyOfRange(body, start, (int) parser.currentLocation().getByteOffset());
        receipt.open.incrementAndGet();
        var unused = producer.send(new ProducerRecord<>(TOPIC, key, event), receipt);
      }
    } catch (IOException e) {
      receipt.end.completeExceptionally(e);
    }
    receipt.onCompletion(null, null);
    return receipt.end;
  }

  /** The student of an object; the parser then stands at its end. */
  private static byte[] key(JsonParser parser) throws IOException {
    byte[] key = null;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      if (name.equals("studentId")) {
        key = parser.getText().getBytes(UTF_8);
      }
    }
    return key;
  }

  /** Ends with the last acknowledgement of a request, by the count of its events. */
  private static final class Receipt implements Callback {

    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final AtomicInteger open = new AtomicInteger(1);
    private final AtomicInteger kept = new AtomicInteger();

    @Override
    public void onCompletion(RecordMetadata metadata, Exception failure) {
      if (failure != null) {
        end.completeExceptionally(failure);
      } else if (metadata != null) {
        kept.incrementAndGet();
      }
      if (open.decrementAndGet() == 0) {
        end.complete(kept.get());
      }
    }
  }
}
