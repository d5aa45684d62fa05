// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.quorum;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.MultiType;
import io.vertx.redis.client.impl.types.NumberType;
import io.vertx.redis.client.impl.types.SimpleStringType;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import vigie.alert.AlertConfig;

/** A primary without a network: says what a test tells it to, and notes what it was asked. */
public final class FakeRedis {

  private final Function<String, Response> answers;
  private final List<String> asked = new ArrayList<>();
  private final Deque<Promise<Object>> held = new ArrayDeque<>();
  private boolean holding;
  private int confirmations = 2;
  private long nanos;

  /** Gives each request but PUBLISH and WAIT, as text, the answer that {@code answers} makes. */
  public FakeRedis(Function<String, Response> answers) {
    this.answers = answers;
  }

  /** A client of it that needs two replicas. */
  public QuorumRedisClient client() {
    return client(breaker());
  }

  QuorumRedisClient client(ReplicaCircuitBreaker breaker) {
    return new QuorumRedisClient(redis(), breaker, config(), new SimpleMeterRegistry());
  }

  ReplicaCircuitBreaker breaker() {
    return new ReplicaCircuitBreaker(() -> nanos);
  }

  /** So many replicas confirm from now on. */
  public void confirm(int replicas) {
    confirmations = replicas;
  }

  void pass(long more) {
    nanos += more;
  }

  /** Answers come only once they are released. */
  void hold() {
    holding = true;
  }

  void release() {
    holding = false;
    while (!held.isEmpty()) {
      held.poll().complete();
    }
  }

  /** The requests of the kind that begins with {@code start}. */
  public long asked(String start) {
    return asked.stream().filter(request -> request.startsWith(start)).count();
  }

  public static Response list(Response... elements) {
    MultiType list = MultiType.create(elements.length, false);
    for (Response element : elements) {
      list.add(element);
    }
    return list;
  }

  public static Response text(String text) {
    return SimpleStringType.create(text);
  }

  public static Response number(long number) {
    return NumberType.create(number);
  }

  private Redis redis() {
    return fake(
        Redis.class,
        Map.of(
            "connect", arguments -> Future.succeededFuture(connection()),
            "send", arguments -> later(one((Request) arguments[0]))));
  }

  private RedisConnection connection() {
    return fake(
        RedisConnection.class,
        Map.of(
            "batch", arguments -> later(((List<?>) arguments[0]).stream().map(this::one).toList()),
            "send", arguments -> later(one((Request) arguments[0])),
            "close", arguments -> Future.succeededFuture()));
  }

  private Future<Object> later(Object answer) {
    if (!holding) {
      return Future.succeededFuture(answer);
    }
    Promise<Object> turn = Promise.promise();
    held.add(turn);
    return turn.future().map(answer);
  }

  private Response one(Object request) {
    String text = words((Request) request);
    asked.add(text);
    if (text.startsWith("WAIT")) {
      return number(confirmations);
    }
    return text.startsWith("PUBLISH") ? number(0) : answers.apply(text);
  }

  private static String words(Request request) {
    String words = request.toString().replaceAll("[*$]\\d+\r\n", "").replace("\r\n", " ").strip();
    int first = (words + " ").indexOf(' ');
    return words.substring(0, first).toUpperCase(Locale.ROOT) + words.substring(first);
  }

  private static <T> T fake(Class<T> type, Map<String, Function<Object[], Object>> methods) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> methods.get(method.getName()).apply(arguments)));
  }

  private static AlertConfig config() {
    return new SmallRyeConfigBuilder()
        .withMapping(AlertConfig.class)
        .addDiscoveredConverters()
        .build()
        .getConfigMapping(AlertConfig.class);
  }
}
