// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.quorum;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.RedisRole;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import vigie.alert.AlertConfig;
import vigie.alert.DeliberateFault;

/**
 * Connections to Redis for the evaluation of results alone, with all settings of {@code
 * quarkus.redis.*} but the number of connections. Units that claim, staff and cursors may take
 * every other connection: evaluation stands in no queue behind them.
 */
@Singleton
public class EvaluationConnections implements RedisOptionsCustomizer {

  /** One for the evaluating thread, one for what a read that was given up still holds, spares. */
  private static final int CONNECTIONS = 4;

  private static final int WAITING = 16;

  private volatile RedisOptions settings;

  /** Called as the framework makes the client that all others use. */
  @Override
  public void customize(String clientName, RedisOptions options) {
    settings = options;
  }

  /**
   * The client of evaluation.
   *
   * @param others made before this is called, so that its settings are known
   */
  @Produces
  @Singleton
  @ForEvaluation
  QuorumRedisClient client(
      Redis others,
      Vertx vertx,
      ReplicaCircuitBreaker breaker,
      AlertConfig config,
      MeterRegistry metrics) {
    RedisOptions own = own(settings);
    if (DeliberateFault.REPLICA_READS.isOn(config)) {
      own.setRole(RedisRole.REPLICA);
    }
    return new QuorumRedisClient(Redis.createClient(vertx, own), breaker, config, metrics);
  }

  static RedisOptions own(RedisOptions settings) {
    return new RedisOptions(settings)
        .setPoolName("evaluation")
        .setMaxPoolSize(CONNECTIONS)
        .setMaxPoolWaiting(WAITING);
  }
}
